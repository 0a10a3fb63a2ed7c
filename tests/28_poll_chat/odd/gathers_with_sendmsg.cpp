// Odd: sends through an iovec, and reads with readv()
#include "28_poll_chat/rest.h"

#include <sys/uio.h>

namespace kata {

ssize_t gives(Client& client)
{
    iovec all[2]{{client.waiting.data(), client.waiting.size() / 2}, {}};
    all[1] = {client.waiting.data() + all[0].iov_len, client.waiting.size() - all[0].iov_len};
    msghdr message{};
    message.msg_iov = all;
    message.msg_iovlen = 2;
    return ::sendmsg(client.fd.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t takes(const Client& from, std::span<char> room)
{
    const iovec one{room.data(), room.size()};
    return ::readv(from.fd.get(), &one, 1);
}

} // namespace kata
