#include "24_out_of_descriptors/out_of_descriptors.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <system_error>

namespace kata {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto for_ever = Clock::time_point::max();

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

bool lacks_a_descriptor(int error) { return error == EMFILE || error == ENFILE; }
bool is_shortage(int error) { return lacks_a_descriptor(error) || error == ENOBUFS || error == ENOMEM; }

// Anything that leads nowhere. Not a copy of the listener: that would keep its port open when the caller closes it.
UniqueFd open_reserve() { return UniqueFd{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }

// Rounded up, or the last millisecond would be a busy loop.
int milliseconds_until(Clock::time_point end)
{
    if (end == for_ever)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

// Until `fd` can be read; -1 is nobody (poll(2)). False when the time is over.
bool wait_for(int fd, Clock::time_point end)
{
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, milliseconds_until(end));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            fail("poll");
    }
}

} // namespace

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve()}
{
    if (!reserve_)
        fail("open");
    if (listen_fd < 0) // poll(2) would pass over it, and next() would sleep
        throw std::system_error{EBADF, std::generic_category(), "poll"};
}

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = limit_ms < 0 ? for_ever : Clock::now() + std::chrono::milliseconds{limit_ms};
    while (wait_for(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve();
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_))
                return client;
            continue; // it was gone, and nobody waits behind it
        } catch (const std::system_error& e) {
            const int error = e.code().value();
            if (!is_shortage(error))
                throw;
            if (lacks_a_descriptor(error) && shed_one())
                return std::nullopt;
        }
        const auto now = Clock::now(); // the listener stays readable: to wait for it would be a busy loop
        if (now >= end)
            return std::nullopt;
        wait_for(-1, std::min(end, now + 50ms));
    }
    return std::nullopt;
}

// False when nobody was shed.
bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    bool shed = false;
    try {
        shed = accept_one(listen_fd_).has_value(); // and the client dies here, before its descriptor is needed again
    } catch (const std::system_error& e) {
        if (!is_shortage(e.code().value())) // the next call takes the reserve again
            throw;
    }
    reserve_ = open_reserve();
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
