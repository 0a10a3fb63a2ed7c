// Odd: uses read and write, ignores SIGPIPE for the whole process, and recursion for a loop
#include "10_echo_server/echo_server.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

bool write_all(int fd, const char* bytes, std::size_t size)
{
    if (size == 0)
        return true;
    const ssize_t n = ::write(fd, bytes, size);
    if (n < 0)
        return errno == EINTR && write_all(fd, bytes, size);
    return write_all(fd, bytes + n, size - static_cast<std::size_t>(n));
}

void serve(int client)
{
    char buffer[512];
    ssize_t n = 0;
    do
        n = ::read(client, buffer, sizeof buffer);
    while (n < 0 ? errno == EINTR : n > 0 && write_all(client, buffer, static_cast<std::size_t>(n)));
}

} // namespace

void echo_server(const Endpoint& where)
{
    std::signal(SIGPIPE, SIG_IGN);
    const Bound server = bind_tcp(where);
    listen_on(server.fd.get(), 1);
    for (;;) {
        const UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (client)
            serve(client.get());
        else
            ::poll(nullptr, 0, 10); // whatever it was
    }
}

} // namespace kata
