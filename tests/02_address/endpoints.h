#pragma once

// What the tests of texts and addresses say again and again.
#include "02_address/address.h"

#include "lab/lab.h"
#include "lab/peers/wiring.h"
#include "lab/words/describe.h"

#include <stdexcept>

namespace endpoints {

using kata::local_endpoint;
using kata::parse_endpoint;
using kata::peer_endpoint;
using kata::to_string;
using namespace lab;
using namespace std::string_view_literals;

// What a socket call would take it for, and what port() makes of it.
inline std::string seen(const kata::Endpoint& endpoint)
{
    const bool v6 = endpoint.family() == AF_INET6;
    const std::string other = v6 ? "AF_INET6, " : "no family, ";
    const std::uint32_t scope = v6 ? reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_scope_id : 0;
    const std::uint32_t flow = v6 ? ntohl(reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_flowinfo) : 0;
    const std::string behind =
        (scope == 0 ? "" : "%" + std::to_string(scope)) + (flow == 0 ? "" : ", flow " + std::to_string(flow));
    const wiring::Name name{endpoint.storage, endpoint.size};
    const std::string port = std::to_string(wiring::port_of(name)), shown = std::to_string(endpoint.port());
    return (endpoint.family() == AF_INET ? "AF_INET, " : other) + wiring::ip_of(name) + behind + ", port " + port + ", size " +
           std::to_string(endpoint.size) + (shown == port ? "" : ", but port() is " + shown);
}

inline std::string outcome(std::string_view text)
{
    try {
        return "is taken for " + seen(parse_endpoint(text));
    } catch (const std::invalid_argument&) {
        return "throws std::invalid_argument";
    } catch (const std::exception& e) {
        return std::string{"throws another exception: "} + e.what();
    }
}

inline void comes_out(std::string_view text, const std::string& right, const char* file, int line)
{
    const std::string came = outcome(text);
    expects(came == right, (text.empty() ? "an empty text" : in_quotes(text, 32)) + " " + right, "it " + came, file, line);
}

inline void reads(std::string_view text, const std::string& ip, int port, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE())
{
    const bool v6 = ip.find(':') != std::string::npos;
    const std::string name = (v6 ? "AF_INET6, " : "AF_INET, ") + ip + ", port " + std::to_string(port);
    comes_out(text, "is taken for " + name + (v6 ? ", size 28" : ", size 16"), file, line);
}

inline void rejects(std::string_view text, const char* file = __builtin_FILE(), int line = __builtin_LINE())
{
    comes_out(text, "throws std::invalid_argument", file, line);
}

// to_string() prints what was read; `right` where that is not the text itself.
inline void comes_back(const std::string& text, std::string right = "", const char* file = __builtin_FILE(),
                       int line = __builtin_LINE())
{
    right = right.empty() ? text : right;
    const std::string came = to_string(parse_endpoint(text));
    expects(came == right, "to_string(parse_endpoint(" + in_quotes(text) + ")) is " + in_quotes(right), in_quotes(came), file,
            line);
}

} // namespace endpoints
