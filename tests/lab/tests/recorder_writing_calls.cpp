// The calls that give bytes.
#include "recorded.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace lab {

namespace {

char hello[] = "hello, ", world[] = "world";
iovec parts[]{{hello, 7}, {world, 5}};

// A file of "hello, " in memory.
int file()
{
    const int fd = ::memfd_create("file", 0);
    EXPECT_EQ(7, ::write(fd, hello, 7));
    EXPECT_EQ(0, ::lseek(fd, 0, SEEK_SET));
    return fd;
}

const Scene takes_it{.during = [](Learner&, Peer& ann) { ann.receives(7); }};

} // namespace

std::vector<RecordedCall> calls_that_write()
{
    return {
        {Call::send,
         "send(3, \"world\", 5, NOSIGNAL)  5\n"
         "send(3, \"\", 0)  0\n"
         "send(99, \"a rather lon\".., 21, DONTWAIT|MORE) -1  EBADF\n",
         [] {
             EXPECT_EQ(5, ::send(3, world, 5, MSG_NOSIGNAL));
             EXPECT_EQ(0, ::send(3, world, 0, 0));
             EXPECT_EQ(-1, ::send(99, "a rather long message", 21, MSG_MORE | MSG_DONTWAIT));
         },
         -1, EBADF},
        {Call::sendto,
         "sendto(3, \"world\", 5)  5\n"
         "sendto(99, \"world\", 5)  -1  EBADF\n",
         [] {
             EXPECT_EQ(5, ::sendto(3, world, 5, 0, nullptr, 0));
             EXPECT_EQ(-1, ::sendto(99, world, 5, 0, nullptr, 0));
         },
         -1, EBADF},
        {Call::sendmsg,
         "sendmsg(3, \"hello, wor\".., 12, NOSIGNAL)  12\n"
         "sendmsg(99, \"hello, wor\".., 12)  -1  EBADF\n",
         [] {
             msghdr message{};
             message.msg_iov = parts;
             message.msg_iovlen = 2;
             EXPECT_EQ(12, ::sendmsg(3, &message, MSG_NOSIGNAL));
             EXPECT_EQ(-1, ::sendmsg(99, &message, 0));
         },
         -1, EBADF},
        {Call::write,
         "write(3, \"world\", 5)  5\n"
         "write(99, \"world\", 5)  -1  EBADF\n",
         [] {
             EXPECT_EQ(5, ::write(3, world, 5));
             EXPECT_EQ(-1, ::write(99, world, 5));
         },
         -1, EBADF},
        {Call::writev,
         "writev(3, \"hello, world\", 12)  12\n"
         "writev(99, \"hello, world\", 12)  -1  EBADF\n",
         [] {
             EXPECT_EQ(12, ::writev(3, parts, 2));
             EXPECT_EQ(-1, ::writev(99, parts, 2));
         },
         -1, EBADF},
        {Call::sendfile,
         "sendfile(3, from 4, 7)  7\n"
         "sendfile(3, from 4, 7)  0  the source is at its end\n"
         "sendfile(99, from 4, 7)  -1  EBADF\n",
         [] {
             const int in = file();
             EXPECT_EQ(7, ::sendfile(3, in, nullptr, 7));
             EXPECT_EQ(0, ::sendfile(3, in, nullptr, 7)); // the file's end
             EXPECT_EQ(-1, ::sendfile(99, in, nullptr, 7));
             EXPECT_EQ(0, ::close(in));
         },
         -1, EBADF, takes_it},
        {Call::splice,
         "splice(3, from 4, 7)  7\n"
         "splice(99, from 4, 7)  -1  EBADF\n",
         [] {
             int pipe[2];
             EXPECT_EQ(0, ::pipe(pipe));
             EXPECT_EQ(7, ::write(pipe[1], hello, 7));
             EXPECT_EQ(7, ::splice(pipe[0], nullptr, 3, nullptr, 7, 0));
             EXPECT_EQ(-1, ::splice(pipe[0], nullptr, 99, nullptr, 7, 0));
             EXPECT_EQ(0, ::close(pipe[0]));
             EXPECT_EQ(0, ::close(pipe[1]));
         },
         -1, EBADF, takes_it},
    };
}

} // namespace lab
