#include "lab/words/describe.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <sys/socket.h>

namespace lab {

namespace {

// How many bytes the UTF-8 character at the beginning of `s` has; 0 when it is none, or cut off.
std::size_t utf8_size(std::string_view s)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const std::size_t n = byte(0) >= 0xF0 && byte(0) < 0xF5 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC2 ? 2 : 0;
    if (n == 0 || n > s.size() || byte(0) >= 0xF5)
        return 0;
    for (std::size_t i = 1; i < n; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    return n;
}

} // namespace

std::string in_quotes(std::string_view bytes, std::size_t most)
{
    std::string text = "\"";
    const std::string_view shown = bytes.substr(0, most);
    for (std::size_t i = 0; i < shown.size();) {
        const auto c = static_cast<unsigned char>(shown[i]);
        if (const std::size_t n = c >= 0x80 ? utf8_size(shown.substr(i)) : 0; n > 0) {
            text += shown.substr(i, n);
            i += n;
            continue;
        }
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02x", c);
        if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else if (c == '"' || c == '\\')
            (text += '\\') += static_cast<char>(c);
        else if (c < 0x20 || c >= 0x7F)
            text += escaped;
        else
            text += static_cast<char>(c);
        ++i;
    }
    return text + (bytes.size() > most ? "\".." : "\"");
}

std::string errno_name(int error)
{
    const char* name = ::strerrorname_np(error);
    return name != nullptr ? name : "errno " + std::to_string(error);
}

std::string time_text(std::int64_t ns)
{
    constexpr std::int64_t us_of_a_second = 1'000'000, seconds_of_an_hour = 3600;
    const std::int64_t us = (ns + 500) / 1000, seconds = us / us_of_a_second;
    if (us % us_of_a_second == 0 && seconds > 0)
        return seconds % seconds_of_an_hour == 0 ? std::to_string(seconds / seconds_of_an_hour) + " h"
                                                 : std::to_string(seconds) + " s";
    char text[32];
    std::snprintf(text, sizeof text, us % 1000 == 0 ? "%.0f ms" : "%.3f ms", static_cast<double>(us) / 1000);
    return text;
}

std::string plural(std::size_t n, std::string_view what)
{
    return std::to_string(n) + " " + std::string{what} + (n == 1 ? "" : "s");
}

std::string PortNames::operator()(std::uint16_t port)
{
    const auto twin = names_.find(static_cast<std::uint16_t>(port << 8 | port >> 8));
    if (twin != names_.end() && twin->first != port && names_.count(port) == 0)
        return twin->second + " with its bytes swapped";
    if (port < 1024)
        return std::to_string(port);
    const auto [entry, is_new] = names_.try_emplace(port);
    if (is_new) {
        constexpr int letters = 'Z' - 'P' + 1;
        entry->second = std::string{static_cast<char>('P' + named_ % letters)};
        if (const int round = named_++ / letters; round > 0)
            entry->second += std::to_string(round + 1);
    }
    return entry->second;
}

namespace {

// Five digits are what the kernel chooses, another name in each run (unix(7), "Autobind feature").
std::string unix_text(const Address& address)
{
    std::string_view name{reinterpret_cast<const char*>(address.ip), sizeof address.ip};
    name = name.substr(0, name.find('\0'));
    const bool chosen = name.size() == 5 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    switch (static_cast<UnixName>(address.port)) {
    case UnixName::path: return in_quotes(name) + (name.size() == sizeof address.ip ? ".." : "");
    case UnixName::abstract: return chosen ? "an abstract name" : "abstract " + in_quotes(name);
    default: return "no name";
    }
}

} // namespace

std::string PortNames::text(const Address& address)
{
    char ip[INET6_ADDRSTRLEN] = "";
    if (address.family == AF_UNIX)
        return unix_text(address);
    if (address.family != AF_INET && address.family != AF_INET6)
        return address.family == 0 ? "" : "family " + std::to_string(address.family);
    ::inet_ntop(address.family, address.ip, ip, sizeof ip);
    const std::string port = (*this)(address.port);
    if (port.size() > 1 && names_.count(address.port) != 0) // a peer's name says more than its address, where it is its address
        return address.family == AF_INET6 || std::strcmp(ip, "127.0.0.1") == 0 ? port : std::string{ip} + ", " + port + "'s port";
    return address.family == AF_INET6 ? "[" + std::string{ip} + "]:" + port : std::string{ip} + ":" + port;
}

} // namespace lab
