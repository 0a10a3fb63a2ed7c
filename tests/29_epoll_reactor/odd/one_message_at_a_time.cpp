// Odd: reads with recvmsg() into two pieces, and answers with sendmsg()
#include "29_epoll_reactor/rest.h"

namespace kata {

ssize_t reads(int fd, std::span<std::byte> room)
{
    iovec pieces[] = {{room.data(), 100}, {room.data() + 100, room.size() - 100}};
    msghdr head{};
    head.msg_iov = pieces;
    head.msg_iovlen = 2;
    return ::recvmsg(fd, &head, MSG_DONTWAIT);
}

ssize_t sends(int fd, std::span<const std::byte> bytes)
{
    iovec piece{const_cast<std::byte*>(bytes.data()), bytes.size()};
    msghdr head{};
    head.msg_iov = &piece;
    head.msg_iovlen = 1;
    return ::sendmsg(fd, &head, MSG_DONTWAIT | MSG_NOSIGNAL);
}

} // namespace kata
