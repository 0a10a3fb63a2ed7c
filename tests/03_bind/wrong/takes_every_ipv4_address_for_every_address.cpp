// Mistake: takes 0.0.0.0 for [::] on a machine without IPv6
// Caught by: Robust.HasNoOtherFamilyToOffer
// Says: came      "0.0.0.0:P"
#include "03_bind/bind.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& wanted)
{
    Endpoint where = wanted;
    UniqueFd fd;
    try {
        fd = open_socket(where.family(), SOCK_STREAM);
    } catch (const std::system_error& e) {
        if (e.code().value() != EAFNOSUPPORT || !to_string(where).starts_with("[::]:"))
            throw;
        where = parse_endpoint("0.0.0.0:" + std::to_string(where.port()));
        fd = open_socket(where.family(), SOCK_STREAM);
    }
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        throw std::system_error{errno, std::generic_category(), "setsockopt"};
    if (::bind(fd.get(), where.address(), where.size) < 0)
        throw std::system_error{errno, std::generic_category(), "bind"};
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
