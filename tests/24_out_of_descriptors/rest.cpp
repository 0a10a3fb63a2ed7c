// An acceptor, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "24_out_of_descriptors/rest.h"

namespace kata {

[[gnu::weak]] bool can_shed(int error) { return error == EMFILE || error == ENFILE; }

[[gnu::weak]] bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

[[gnu::weak]] Clock::time_point end_of(int limit_ms)
{
    return limit_ms < 0 ? for_ever : Clock::now() + std::chrono::milliseconds{limit_ms};
}

[[gnu::weak]] int left_until(Clock::time_point end)
{
    if (end == for_ever)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

[[gnu::weak]] bool has_come(int fd, Clock::time_point end)
{
    for (;;) {
        pollfd input{fd, POLLIN, 0};
        const int ready = ::poll(&input, 1, left_until(end));
        if (ready >= 0)
            return ready > 0;
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
    }
}

[[gnu::weak]] void rests(Clock::time_point end) { has_come(-1, std::min(end, Clock::now() + std::chrono::milliseconds{20})); }

[[gnu::weak]] UniqueFd open_reserve(int /*listen_fd*/) { return UniqueFd{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }

[[gnu::weak]] UniqueFd take_client(int listen_fd)
{
    UniqueFd client{::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC)};
    if (!client && errno != EAGAIN && !is_shortage(errno))
        throw std::system_error{errno, std::generic_category(), "accept"};
    return client;
}

[[gnu::weak]] Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)}
{
    if (!reserve_)
        throw std::system_error{errno, std::generic_category(), "open"};
    if (listen_fd < 0)
        throw std::system_error{EBADF, std::generic_category(), "poll"};
}

[[gnu::weak]] std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    while (has_come(listen_fd_, end)) {
        if (!reserve_)
            reserve_ = open_reserve(listen_fd_);
        try {
            if (std::optional<Accepted> client = accept_one(listen_fd_))
                return client;
            continue;
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            if (can_shed(e.code().value()) && shed_one())
                return std::nullopt;
        }
        if (Clock::now() >= end)
            return std::nullopt;
        rests(end);
    }
    return std::nullopt;
}

[[gnu::weak]] bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    const bool shed = static_cast<bool>(take_client(listen_fd_));
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

} // namespace kata
