// A correct answer, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "02_address/rest.h"

#include <charconv>
#include <cstring>

namespace kata {

namespace {

template <class Number>
Number parse_number(std::string_view digits)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size())
        reject();
    return number;
}

template <class Name>
Endpoint endpoint_of(const Name& name)
{
    Endpoint endpoint;
    std::memcpy(&endpoint.storage, &name, sizeof name);
    endpoint.size = sizeof name;
    return endpoint;
}

Endpoint checked(int result, const char* call, const Endpoint& endpoint)
{
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), call};
    return endpoint;
}

} // namespace

[[gnu::weak]] std::uint16_t Endpoint::port() const
{
    return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port); // at the same place in both families
}

[[gnu::weak]] std::uint16_t parse_port(std::string_view digits) { return parse_number<std::uint16_t>(digits); }

[[gnu::weak]] std::uint32_t parse_scope(std::string_view digits) { return parse_number<std::uint32_t>(digits); }

[[gnu::weak]] sockaddr_in parse_ipv4(const std::string& ip)
{
    sockaddr_in in{};
    in.sin_family = AF_INET;
    if (::inet_pton(AF_INET, ip.c_str(), &in.sin_addr) != 1)
        reject();
    return in;
}

[[gnu::weak]] sockaddr_in6 parse_ipv6(const std::string& ip)
{
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    const std::size_t percent = ip.find('%');
    if (::inet_pton(AF_INET6, ip.substr(0, percent).c_str(), &in6.sin6_addr) != 1)
        reject();
    if (percent != std::string::npos)
        in6.sin6_scope_id = parse_scope(std::string_view{ip}.substr(percent + 1));
    return in6;
}

[[gnu::weak]] std::string scope_text(std::uint32_t scope) { return scope == 0 ? "" : "%" + std::to_string(scope); }

[[gnu::weak]] Endpoint parse_endpoint(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || text.find('\0') != std::string_view::npos)
        reject();
    const std::uint16_t port = htons(parse_port(text.substr(colon + 1)));
    if (colon >= 2 && text.front() == '[' && text[colon - 1] == ']') {
        sockaddr_in6 in6 = parse_ipv6(std::string{text.substr(1, colon - 2)});
        in6.sin6_port = port;
        return endpoint_of(in6);
    }
    sockaddr_in in = parse_ipv4(std::string{text.substr(0, colon)});
    in.sin_port = port;
    return endpoint_of(in);
}

[[gnu::weak]] std::string to_string(const Endpoint& endpoint)
{
    char ip[INET6_ADDRSTRLEN] = "";
    const std::string port = ":" + std::to_string(endpoint.port());
    if (endpoint.family() == AF_INET6) {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
        ::inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
        return "[" + std::string{ip} + scope_text(in6.sin6_scope_id) + "]" + port;
    }
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_addr, ip, sizeof ip);
    return ip + port;
}

[[gnu::weak]] Endpoint local_endpoint(int fd)
{
    Endpoint end;
    end.size = sizeof end.storage;
    const int result = ::getsockname(fd, reinterpret_cast<sockaddr*>(&end.storage), &end.size);
    return checked(result, "getsockname", end);
}

[[gnu::weak]] Endpoint peer_endpoint(int fd)
{
    Endpoint end;
    end.size = sizeof end.storage;
    const int result = ::getpeername(fd, reinterpret_cast<sockaddr*>(&end.storage), &end.size);
    return checked(result, "getpeername", end);
}

} // namespace kata
