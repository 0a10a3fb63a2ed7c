// Odd: opens, accepts and closes by hand, in one function that calls itself
#include "24_out_of_descriptors/rest.h"

namespace kata {

std::optional<Accepted> Acceptor::next(int limit_ms)
{
    const auto end = end_of(limit_ms);
    pollfd input{listen_fd_, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&input, 1, left_until(end))) < 0 && errno == EINTR) {
    }
    if (ready < 0)
        throw std::system_error{errno, std::generic_category(), "poll"};
    if (ready == 0)
        return std::nullopt;
    if (!reserve_)
        reserve_.reset(::open("/dev/zero", O_WRONLY | O_CLOEXEC));
    Accepted client;
    client.peer.size = sizeof client.peer.storage;
    client.fd.reset(::accept4(listen_fd_, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    if (client.fd)
        return client;
    int error = errno;
    if (can_shed(error) && reserve_) {
        ::close(reserve_.release());
        const int shed = ::accept(listen_fd_, nullptr, nullptr);
        error = errno;
        ::close(shed);
        reserve_.reset(::open("/dev/zero", O_WRONLY | O_CLOEXEC));
        if (shed >= 0) {
            ++shed_;
            return std::nullopt;
        }
    }
    constexpr int passing[] = {EAGAIN,   EINTR,       ECONNABORTED, EPROTO,       ENOPROTOOPT,
                               ENETDOWN, ENETUNREACH, EHOSTDOWN,    EHOSTUNREACH, ENONET};
    if (!is_shortage(error) && std::find(std::begin(passing), std::end(passing), error) == std::end(passing))
        throw std::system_error{error, std::generic_category(), "accept"};
    if (is_shortage(error))
        rests(end);
    return Clock::now() < end ? next(limit_ms < 0 ? -1 : left_until(end)) : std::nullopt;
}

} // namespace kata
