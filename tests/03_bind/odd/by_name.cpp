// Odd: asks getaddrinfo() for the address, from its text
#include "03_bind/bind.h"

#include <cerrno>
#include <memory>
#include <netdb.h>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    const std::string text = to_string(where);
    const std::size_t colon = text.rfind(':');
    const bool v6 = text.front() == '[';
    const std::string ip = v6 ? text.substr(1, colon - 2) : text.substr(0, colon);
    addrinfo hints{};
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(ip.c_str(), text.c_str() + colon + 1, &hints, &found) != 0)
        throw std::system_error{EADDRNOTAVAIL, std::generic_category(), "getaddrinfo"};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner{found, ::freeaddrinfo};

    Bound bound;
    bound.fd = open_socket(found->ai_family, found->ai_socktype);
    const int on = 1;
    if (::setsockopt(bound.fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        ::bind(bound.fd.get(), found->ai_addr, found->ai_addrlen) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    bound.local = local_endpoint(bound.fd.get());
    return bound;
}

} // namespace kata
