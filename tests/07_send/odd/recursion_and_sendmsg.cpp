// Odd: sendmsg, ppoll, and recursion for the loop; an empty message is sent, too
#include "07_send/send.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    iovec piece{const_cast<std::byte*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    ssize_t n = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (n < 0) {
        if (errno == EAGAIN) {
            pollfd room{fd, POLLOUT, 0};
            if (::ppoll(&room, 1, nullptr, nullptr) < 0 && errno != EINTR)
                throw std::system_error{errno, std::generic_category(), "ppoll"};
        } else if (errno != EINTR) {
            throw std::system_error{errno, std::generic_category(), "sendmsg"};
        }
        n = 0;
    }
    if (static_cast<std::size_t>(n) < bytes.size())
        send_all(fd, bytes.subspan(static_cast<std::size_t>(n)));
}

} // namespace kata
