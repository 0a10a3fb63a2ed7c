// Mistake: believes that send() takes all or fails
// Caught by: Robust.FinishesWhatTheKernelLeftOver
// Says: took only 3 of 28
#include "07_send/send.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>

namespace kata {

void send_all(int fd, std::span<const std::byte> bytes)
{
    while (::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "send"};
}

} // namespace kata
