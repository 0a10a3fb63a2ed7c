// Mistake: closes by hand what its owner closes as well
// Caught by: Robust.CanBeTriedAgainAndAgain
// Says: closed a second time (EBADF)
#include "03_bind/bind.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        ::bind(fd.get(), where.address(), where.size) < 0) {
        const int error = errno;
        ::close(fd.get());
        throw std::system_error{error, std::generic_category(), "bind"};
    }
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
