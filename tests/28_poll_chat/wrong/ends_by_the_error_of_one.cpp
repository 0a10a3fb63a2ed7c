// Mistake: throws what accept() says of one connection that has died in the queue
// Caught by: Robust.GoesOnWhenAConnectionDiesInTheQueue
// Says: Protocol error
#include "28_poll_chat/rest.h"

#include <utility>

namespace kata {

std::optional<Accepted> next_client(const Chat& chat)
{
    for (;;) {
        Endpoint peer;
        peer.size = sizeof peer.storage;
        UniqueFd fd{::accept4(chat.listen_fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size, SOCK_CLOEXEC)};
        if (fd)
            return Accepted{std::move(fd), peer};
        if (errno == EAGAIN)
            return std::nullopt;
        if (errno != EINTR && errno != ECONNABORTED)
            throw std::system_error{errno, std::generic_category(), "accept4"};
    }
}

} // namespace kata
