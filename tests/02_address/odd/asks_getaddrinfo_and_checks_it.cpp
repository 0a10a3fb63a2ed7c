// Odd: lets getaddrinfo() read and getnameinfo() print, and rejects what does not come back as it was; the scope by hand
#include "02_address/rest.h"

#include <cstring>
#include <netdb.h>

namespace kata {

namespace {

std::string printed(Endpoint endpoint)
{
    char host[NI_MAXHOST] = "";
    if (endpoint.family() == AF_INET6)
        reinterpret_cast<sockaddr_in6&>(endpoint.storage).sin6_scope_id = 0; // getnameinfo() would look for its name
    ::getnameinfo(endpoint.address(), endpoint.size, host, sizeof host, nullptr, 0, NI_NUMERICHOST);
    return host;
}

Endpoint found(const std::string& host, int family, int port)
{
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    if (host.empty() || ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list) != 0)
        reject();
    Endpoint endpoint;
    std::memcpy(&endpoint.storage, list->ai_addr, list->ai_addrlen);
    endpoint.size = list->ai_addrlen;
    ::freeaddrinfo(list);
    return endpoint;
}

} // namespace

Endpoint parse_endpoint(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || text.find('\0') != std::string_view::npos)
        reject();
    const bool v6 = text.front() == '[' && text[colon - 1] == ']';
    const std::string host{v6 ? text.substr(1, colon - 2) : text.substr(0, colon)};
    const std::size_t percent = v6 ? host.find('%') : std::string::npos;
    Endpoint endpoint = found(host.substr(0, percent), v6 ? AF_INET6 : AF_INET, parse_port(text.substr(colon + 1)));
    if (!v6 && printed(endpoint) != host)
        reject();
    if (percent != std::string::npos)
        reinterpret_cast<sockaddr_in6&>(endpoint.storage).sin6_scope_id = parse_scope(host.substr(percent + 1));
    return endpoint;
}

std::string to_string(const Endpoint& endpoint)
{
    const bool v6 = endpoint.family() == AF_INET6;
    const std::string scope = v6 ? scope_text(reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_scope_id) : "";
    const std::string host = printed(endpoint) + scope;
    return (v6 ? "[" + host + "]:" : host + ":") + std::to_string(endpoint.port());
}

} // namespace kata
