#pragma once

#include "lab/flight/flight.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace lab {

// Bytes as text: printable ASCII and UTF-8 as they are, the rest escaped; ".." after `most` bytes.
std::string in_quotes(std::string_view bytes, std::size_t most = 60);
std::string socket_text(long family, long type);          // "AF_INET, SOCK_STREAM"
std::string type_text(long type);                         // "SOCK_STREAM"
std::string errno_name(int error);                        // "ECONNRESET"
std::string plural(std::size_t n, std::string_view what); // "1 byte", "2 bytes"
std::string time_text(std::int64_t ns);                   // "2 h", "30 s", "1.5 ms"

// Gives the ports of a diagram names that are the same on every run: a peer's name, or P, Q, ... Z, P2... in order of appearance.
class PortNames {
public:
    explicit PortNames(std::map<std::uint16_t, std::string> known) : names_{std::move(known)} {}
    std::string operator()(std::uint16_t port);
    std::string text(const Address& address); // "127.0.0.1:P", "[::1]:P", "ann"

private:
    std::map<std::uint16_t, std::string> names_;
    int named_ = 0;
};

std::string short_call(const Event& event);                    // "recv(4)"
std::string call_text(const Event& event, PortNames& ports);   // "bind(3, 127.0.0.1:0)"
std::string result_text(const Event& event, PortNames& ports); // "-1    ECONNRESET  [injected]"

// Where descriptor `fd` came from, as " (from accept)"; "" when no recorded call made it.
std::string origin_of(const Arena& arena, int fd);
// The call that made it; Call::note when unknown.
Call origin_call(const Arena& arena, int fd);

// A sanitizer's report, made short: its first line, and the frames in the repository, without addresses and process numbers.
std::string sanitizer_headline(std::string_view output);
std::string sanitizer_report(std::string_view output);

} // namespace lab
