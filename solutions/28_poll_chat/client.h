#pragma once

#include "01_socket/socket.h"
#include "28_poll_chat/poll_chat.h"

#include <cerrno>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace kata {

// One connection, and what must be known of it from one poll() to the next.
struct Client {
    UniqueFd fd;
    Endpoint address;
    std::string line{};    // from it, as far as it has come
    std::string waiting{}; // for it
    bool has_ended = false, was_reset = false;
    std::optional<Left> gone{}; // only a mark: until the turn is over nobody's place in the table changes

    void goes(Left why)
    {
        if (!gone)
            gone = why;
        waiting.clear();
    }

    // Of a stream that has ended the end could be read again and again. POLLERR and POLLHUP come unasked.
    short events() const
    {
        const int in = has_ended ? 0 : POLLIN;
        const int out = waiting.empty() ? 0 : POLLOUT;
        return static_cast<short>(in | out);
    }

    // What came: one recv(), so that who says much is not the only one who is heard. At the end of the stream the "\n" that its
    // last line may lack. That end is what recv() says, and not what poll() says: there may be lines before it.
    std::string_view receive(std::span<char> room)
    {
        if (has_ended) { // nobody asked for POLLIN: this is POLLERR or POLLHUP
            goes(Left::ended);
            return {};
        }
        const ssize_t n = ::recv(fd.get(), room.data(), room.size(), MSG_DONTWAIT);
        if (n > 0)
            return {room.data(), static_cast<std::size_t>(n)};
        if (n == 0 ? was_reset : errno != EAGAIN && errno != EINTR)
            goes(Left::lost);
        has_ended = n == 0 && !gone;
        return has_ended && !line.empty() ? "\n" : "";
    }

    // Until its kernel takes no more: a short count is not yet a "no". MSG_DONTWAIT saves the fcntl() that O_NONBLOCK costs.
    // Who is gone can be told nothing, but may have said something before: poll() says POLLHUP until recv() has all of it.
    void flush()
    {
        while (!waiting.empty()) {
            const ssize_t n = ::send(fd.get(), waiting.data(), waiting.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (n < 0 && errno == EINTR) // no answer yet: whoever counts what waits would count too much
                continue;
            if (n < 0 && errno == EAGAIN)
                return;
            if (n < 0 && !has_ended && (errno == ECONNRESET || errno == EPIPE)) { // a reset is said once, here or by recv()
                was_reset = was_reset || errno == ECONNRESET;
                return waiting.clear();
            }
            if (n < 0)
                return goes(has_ended ? Left::ended : Left::lost);
            waiting.erase(0, static_cast<std::size_t>(n));
        }
    }
};

} // namespace kata
