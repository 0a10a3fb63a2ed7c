#pragma once

// For answers that write some of these functions themselves and take the rest from rest.cpp.
#include "02_address/address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace kata {

[[noreturn]] inline void reject() { throw std::invalid_argument{"not an address and port"}; }

std::uint16_t parse_port(std::string_view digits);
std::uint32_t parse_scope(std::string_view digits);
sockaddr_in parse_ipv4(const std::string& ip);
sockaddr_in6 parse_ipv6(const std::string& ip); // with a scope, or without
std::string scope_text(std::uint32_t scope);    // "%2"; nothing for 0

} // namespace kata
