// What a fault must not do: anything that the kernel could not do.
#include "lab/watch/supervisor.h"
#include "recorded.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace lab;

TEST(Faults, LimitEveryReadingCall)
{
    Learner you;
    Peer ann = you.wire("ann");
    ann.sends("abcdefghij");
    you.every(Family::reading).moves_at_most(2);
    you.run([] {
        char bytes[64], more[64];
        iovec parts[]{{bytes, 1}, {more, 64}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        EXPECT_EQ(2, ::recv(3, bytes, sizeof bytes, 0));
        EXPECT_EQ(2, ::recvfrom(3, bytes, sizeof bytes, 0, nullptr, nullptr));
        EXPECT_EQ(2, ::read(3, bytes, sizeof bytes));
        EXPECT_EQ(2, ::readv(3, parts, 2));
        EXPECT_EQ(64U, parts[1].iov_len);
        EXPECT_EQ(2, ::recvmsg(3, &message, 0));
        EXPECT_EQ(64U, parts[1].iov_len);
        EXPECT_EQ("ij", (std::string{bytes[0], more[0]}));
    });
    you.finishes();
}

TEST(Faults, LimitEveryWritingCall)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(2);
    you.run([] {
        char a[] = "a", bcd[] = "bcd";
        iovec parts[]{{a, 1}, {bcd, 3}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        EXPECT_EQ(2, ::send(3, "abcd", 4, 0));
        EXPECT_EQ(2, ::sendto(3, "abcd", 4, 0, nullptr, 0));
        EXPECT_EQ(2, ::write(3, "abcd", 4));
        EXPECT_EQ(2, ::writev(3, parts, 2));
        EXPECT_EQ(2, ::sendmsg(3, &message, 0));
        EXPECT_EQ(3U, parts[1].iov_len);
    });
    ann.expects("ababababab");
    you.finishes();
    EXPECT_EQ("send(3, \"abcd\", 4)  2  took only 2 of 4  [injected]\n", rows_with(" send(", you.diagram()));
}

TEST(Faults, LeaveDatagramsWhole)
{
    Learner you;
    UdpPeer bob = you.udp_wire("bob");
    you.every(Family::reading).moves_at_most(2);
    you.every(Family::writing).moves_at_most(2);
    you.run([] {
        char bytes[64];
        sockaddr_storage from{};
        socklen_t size = sizeof from;
        EXPECT_EQ(5, ::recvfrom(3, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &size));
        EXPECT_EQ(5, ::sendto(3, bytes, 5, 0, reinterpret_cast<const sockaddr*>(&from), size));
    });
    bob.sends("hello");
    bob.expects("hello");
    you.finishes();
}

// A blocking call never says EAGAIN; and a call that is let through is not counted, so that the first non-blocking one is hit.
TEST(Faults, SayEagainToNonblockingDescriptorsOnly)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true});
    ann.sends("ab");
    bob.sends("cd");
    you.nth(Family::reading, 1).fails(EAGAIN);
    you.nth(Family::writing, 1).fails(EWOULDBLOCK);
    you.run([] {
        char byte = 0;
        EXPECT_EQ(1, ::recv(3, &byte, 1, 0));
        EXPECT_EQ(-1, ::recv(4, &byte, 1, 0));
        EXPECT_EQ(EAGAIN, errno);
        EXPECT_EQ(1, ::recv(4, &byte, 1, 0));
        EXPECT_EQ('c', byte) << "a call that fails consumes nothing";
        EXPECT_EQ(1, ::send(3, "x", 1, 0));
        EXPECT_EQ(-1, ::send(4, "x", 1, 0));
        EXPECT_EQ(EAGAIN, errno);
        EXPECT_EQ(1, ::send(4, "x", 1, 0));
    });
    you.finishes();
}

// A look that does not wait has nothing to interrupt, and is not counted.
TEST(Faults, InterruptOnlyWhatWaits)
{
    Learner you;
    Peer ann = you.wire("ann");
    you.nth(Family::waiting, 1).fails(EINTR);
    you.run([] {
        pollfd p{3, POLLIN, 0};
        EXPECT_EQ(0, ::poll(&p, 1, 0));
        EXPECT_EQ(-1, ::poll(&p, 1, 1));
        EXPECT_EQ(EINTR, errno);
        EXPECT_EQ(0, ::poll(&p, 1, 1));
    });
    you.finishes();
}

// Linux asks for signals last: what is ready is told.
TEST(Faults, InterruptALookThatFindsNothing)
{
    Learner you;
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    bob.sends("x");
    you.every(Call::poll).fails(EINTR);
    you.run([] {
        pollfd nothing{3, POLLIN, 0}, something{4, POLLIN, 0};
        EXPECT_EQ(-1, ::poll(&nothing, 1, 0));
        EXPECT_EQ(EINTR, errno);
        EXPECT_EQ(1, ::poll(&something, 1, 0));
    });
    you.finishes();
    EXPECT_EQ("poll(3: IN, 0 ms)  -1  EINTR  [injected]\n", rows_with("injected", you.diagram()));
}

TEST(Faults, StrikeEveryCallOfAName)
{
    Learner you;
    Peer ann = you.wire("ann");
    ann.sends("abc");
    you.every(Call::recv).fails(EIO);
    you.run([] {
        char byte = 0;
        for (const char next : {'a', 'b', 'c'}) {
            EXPECT_EQ(-1, ::recv(3, &byte, 1, 0));
            EXPECT_EQ(EIO, errno);
            EXPECT_EQ(1, ::read(3, &byte, 1));
            EXPECT_EQ(next, byte);
        }
    });
    you.finishes();
}

// A family that the kernel does not have: as often as it is asked for, whatever the order, and no other one.
TEST(Faults, StrikeTheFamilyThatIsLacking)
{
    Learner you;
    you.lacks(AF_INET6);
    you.run([] {
        for (int i = 0; i < 2; ++i) {
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            EXPECT_EQ(3, fd);
            EXPECT_EQ(-1, ::socket(AF_INET6, SOCK_STREAM, 0));
            EXPECT_EQ(EAFNOSUPPORT, errno);
            EXPECT_EQ(0, ::close(fd));
        }
    });
    you.finishes();
    EXPECT_EQ("socket(AF_INET6, SOCK_STREAM)  -1  EAFNOSUPPORT  [injected]",
              rows_with("EAFNOSUPPORT", you.diagram()).substr(0, 59));
}

// A connection that accept() failed to take is still in the queue.
TEST(Faults, LeaveTheClientInTheQueue)
{
    Learner you;
    you.first(Family::accepting, 2).fails(ECONNABORTED);
    const int listener = you.listener();
    you.run([=] {
        EXPECT_EQ(-1, ::accept(listener, nullptr, nullptr));
        EXPECT_EQ(-1, ::accept(listener, nullptr, nullptr));
        const int client = ::accept(listener, nullptr, nullptr);
        EXPECT_EQ(5, ::send(client, "hello", 5, 0));
        EXPECT_EQ(0, ::close(client));
    });
    Peer ann = you.connect("ann");
    ann.expects("hello");
    ann.expects_end();
    you.finishes();
}

// A delay is not a sleep that nobody ends; a pause is the test's, and not the learner's, however long it takes.
TEST(Faults, AreNotTakenForBeingStuck)
{
    Learner you{{}, {.stuck = 50ms}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 1).is_delayed(200ms);
    you.nth(Family::waiting, 1).pauses();
    you.run([] {
        pollfd p{3, POLLOUT, 0};
        EXPECT_EQ(1, ::send(3, "x", 1, 0));
        EXPECT_EQ(1, ::poll(&p, 1, -1));
    });
    ASSERT_TRUE(you.paused());
    const auto end = std::chrono::steady_clock::now() + 200ms;
    EXPECT_TRUE(you.supervisor().await([=] { return std::chrono::steady_clock::now() > end; }));
    you.resume();
    you.finishes();
}
