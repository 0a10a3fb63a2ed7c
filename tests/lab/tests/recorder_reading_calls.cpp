// The calls that take bytes: each sleeps once, then has what it wants at once, then fails.
#include "recorded.h"

#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace lab {

namespace {

// It sleeps, gets "hello", then the end.
const Scene says_hello{.during = [](Learner&, Peer& ann) {
    ann.sends("hello");
    ann.finishes_writing();
}};

} // namespace

std::vector<RecordedCall> calls_that_read()
{
    return {
        {Call::recv,
         "recv(3, 64 bytes)  zzz  it sleeps\n"
         "... recv(3)  5  \"hello\"\n"
         "recv(3, 64 bytes, DONTWAIT|PEEK)  -1  EAGAIN\n"
         "recv(3, 64 bytes)  zzz  it sleeps\n"
         "... recv(3)  0  end of stream\n"
         "recv(99, 64 bytes)  -1  EBADF\n",
         [] {
             char bytes[64];
             EXPECT_EQ(5, ::recv(3, bytes, sizeof bytes, 0));
             EXPECT_EQ(-1, ::recv(3, bytes, sizeof bytes, MSG_DONTWAIT | MSG_PEEK));
             EXPECT_EQ(0, ::recv(3, bytes, sizeof bytes, 0));
             EXPECT_EQ(-1, ::recv(99, bytes, sizeof bytes, 0));
         },
         -1, EBADF, says_hello},
        {Call::recvfrom,
         "recvfrom(3, 64 bytes)  zzz  it sleeps\n"
         "... recvfrom(3)  5  \"hello\"\n"
         "recvfrom(3, 64 bytes)  zzz  it sleeps\n"
         "... recvfrom(3)  0  end of stream\n"
         "recvfrom(99, 64 bytes)  -1  EBADF\n",
         [] {
             char bytes[64];
             EXPECT_EQ(5, ::recvfrom(3, bytes, sizeof bytes, 0, nullptr, nullptr));
             EXPECT_EQ(0, ::recvfrom(3, bytes, sizeof bytes, 0, nullptr, nullptr));
             EXPECT_EQ(-1, ::recvfrom(99, bytes, sizeof bytes, 0, nullptr, nullptr));
         },
         -1, EBADF, says_hello},
        {Call::recvmsg,
         "recvmsg(3)  zzz  it sleeps\n"
         "... recvmsg(3)  5  \"hello\"\n"
         "recvmsg(3, DONTWAIT)  -1  EAGAIN\n"
         "recvmsg(3)  zzz  it sleeps\n"
         "... recvmsg(3)  0  end of stream\n"
         "recvmsg(99)  -1  EBADF\n",
         [] {
             char first[3], second[3];
             iovec parts[]{{first, 3}, {second, 3}};
             msghdr message{};
             message.msg_iov = parts;
             message.msg_iovlen = 2;
             EXPECT_EQ(5, ::recvmsg(3, &message, 0));
             EXPECT_EQ(2U, message.msg_iovlen);
             EXPECT_EQ(-1, ::recvmsg(3, &message, MSG_DONTWAIT));
             EXPECT_EQ(0, ::recvmsg(3, &message, 0));
             EXPECT_EQ(-1, ::recvmsg(99, &message, 0));
         },
         -1, EBADF, says_hello},
        {Call::read,
         "read(3, 64 bytes)  zzz  it sleeps\n"
         "... read(3)  5  \"hello\"\n"
         "read(3, 64 bytes)  zzz  it sleeps\n"
         "... read(3)  0  end of stream\n"
         "read(3, 0 bytes)  0  as asked\n"
         "read(4, 8 bytes)  8  \"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"\n"
         "read(99, 64 bytes)  -1  EBADF\n",
         [] {
             char bytes[64];
             EXPECT_EQ(5, ::read(3, bytes, sizeof bytes));
             EXPECT_EQ(0, ::read(3, bytes, sizeof bytes));
             EXPECT_EQ(0, ::read(3, bytes, 0));
             const int event = ::eventfd(7, 0);
             std::uint64_t count = 0;
             EXPECT_EQ(8, ::read(event, &count, sizeof count));
             EXPECT_EQ(0, ::close(event));
             EXPECT_EQ(-1, ::read(99, bytes, sizeof bytes));
         },
         -1, EBADF, says_hello},
        {Call::readv,
         "readv(3)  zzz  it sleeps\n"
         "... readv(3)  5  \"hello\"\n"
         "readv(3)  zzz  it sleeps\n"
         "... readv(3)  0  end of stream\n"
         "readv(99)  -1  EBADF\n",
         [] {
             char first[3], second[3];
             const iovec parts[]{{first, 3}, {second, 3}};
             EXPECT_EQ(5, ::readv(3, parts, 2));
             EXPECT_EQ(0, ::readv(3, parts, 2));
             EXPECT_EQ(-1, ::readv(99, parts, 2));
         },
         -1, EBADF, says_hello},
    };
}

} // namespace lab
