// Odd: std::jthread and std::stop_token; accepts under epoll, which a callback of the token wakes through a pipe
#include "27_threaded_server/rest.h"

#include <fcntl.h>
#include <stop_token>
#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

namespace {

// Waits for a client. False when the token says stop.
bool wait_for_client(int listener, const std::stop_token& token)
{
    int ends[2]{-1, -1};
    if (::pipe2(ends, O_CLOEXEC) < 0)
        throw std::system_error{errno, std::generic_category(), "pipe2"};
    const UniqueFd out{ends[0]}, in{ends[1]}, set{::epoll_create1(EPOLL_CLOEXEC)};
    if (!set)
        throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    for (const int fd : {listener, out.get()}) {
        epoll_event event{EPOLLIN, {.fd = fd}};
        if (::epoll_ctl(set.get(), EPOLL_CTL_ADD, fd, &event) < 0)
            throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
    }
    const std::stop_callback wake{token, [&in] { static_cast<void>(::write(in.get(), "s", 1)); }};
    epoll_event event{};
    while (::epoll_wait(set.get(), &event, 1, -1) < 0 && errno == EINTR) {
    }
    return !token.stop_requested();
}

std::stop_source source; // one server at a time, in each process

} // namespace

void accept_clients(Parts& m)
{
    const std::stop_token token = source.get_token();
    while (wait_for_room(m)) {
        try {
            if (!wait_for_client(m.listener.get(), token))
                return;
            if (std::optional<Accepted> client = accept_one(m.listener.get()))
                begin(m, std::move(*client));
        } catch (const std::system_error& e) {
            if (!survives(m, e.code().value()) && e.code().value() != ENOSPC)
                throw;
        }
    }
}

void wake(Parts& m)
{
    {
        const Lock lock{m.mutex};
        m.stopping = true;
        m.changed.notify_all();
    }
    source.request_stop();
    source = std::stop_source{};
}

} // namespace kata
