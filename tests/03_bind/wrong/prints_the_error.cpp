// Mistake: prints that bind failed and goes on
// Caught by: Robust.RefusesAPortWithAListener
// Says: prints "bind: Address already in use"
#include "03_bind/bind.h"

#include <cstdio>
#include <sys/socket.h>
#include <utility>

namespace kata {

Bound bind_tcp(const Endpoint& where)
{
    UniqueFd fd = open_socket(where.family(), SOCK_STREAM);
    const int on = 1;
    if (::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        std::perror("setsockopt");
    if (::bind(fd.get(), where.address(), where.size) < 0)
        std::perror("bind");
    const Endpoint local = local_endpoint(fd.get());
    return {std::move(fd), local};
}

} // namespace kata
