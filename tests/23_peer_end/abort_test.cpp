// Hanging up.
#include "looking.h"

#include <unistd.h>

using namespace looking;

namespace {

void aborts(int fd)
{
    calls("abort_connection(" + std::to_string(fd) + ")", [&] { kata::abort_connection(kata::UniqueFd{fd}); });
    expects_closed(fd, "after abort_connection()");
}

void aborts_once(Learner& you)
{
    you.finishes();
    closed_once(you);
}

} // namespace

TEST(Works, HangsUpWithAReset)
{
    Learner you{{.rule = "to abort is to send RST, and nothing before it that looks like an end.",
                 .why = "close() and shutdown() send FIN, which says: that was all. And who sends it first keeps a TIME_WAIT.",
                 .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.10.5",
                 .ask = "Q39, Q42, Q43"}};
    Peer ann = you.wire("ann");
    you.run([&] { aborts(you.fd()); });
    ann.expects_reset();
    aborts_once(you);
}

TEST(Works, HangsUpOnAPeerThatHasFinished)
{
    Learner you{{.rule = "a peer that has ended its own stream gets a reset, too.",
                 .why = "It may still wait for your answer. A FIN would tell it that the answer is complete.",
                 .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.10.5",
                 .ask = "Q40, Q42"}};
    Peer ann = you.wire("ann");
    ann.sends("hello");
    ann.finishes_writing();
    you.run([&] {
        char block[64];
        while (::recv(you.fd(), block, sizeof block, 0) > 0) { // a close() with bytes unread would send RST by itself
        }
        aborts(you.fd());
    });
    ann.expects_reset();
    aborts_once(you);
}

TEST(Works, HangsUpWhenYouHaveFinished)
{
    Learner you{{.rule = "a connection whose own stream has ended is not over: the peer may still send, and gets a reset.",
                 .why = "After shutdown(SHUT_WR) only one half is closed. A plain close() now tells the peer nothing at all.",
                 .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.10.5",
                 .ask = "Q40, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ::shutdown(you.fd(), SHUT_WR);
        wait_for_the_test();
        aborts(you.fd());
    });
    ann.expects_end();
    you.resume();
    ann.expects_reset();
    aborts_once(you);
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other.",
                 .why = "Who closes standard input, as a daemon does, gets 0 for the next socket.",
                 .read = "man 2 socket, RETURN VALUE",
                 .ask = "Q9"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ::dup2(you.fd(), 0);
        ::close(you.fd());
        expects_peer("open", 0);
        aborts(0);
    });
    ann.expects_reset();
    aborts_once(you);
}

TEST(Robust, TakesADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "a descriptor may have any number, also one above 1023.",
                 .why = "An fd_set has 1024 bits: FD_SET of 1500 writes behind it. And 1500 is no bad descriptor.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q68, Q70"},
                {.descriptors = 2048}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ASSERT_EQ(1500, ::dup2(you.fd(), 1500));
        ::close(you.fd());
        expects_peer("open", 1500);
        aborts(1500);
    });
    ann.expects_reset();
    aborts_once(you);
}

TEST(Robust, DropsWhatIsNotSentYet)
{
    Learner you{{.rule = "an abort does not wait until the rest is sent: it drops it.",
                 .why = "SO_LINGER with a time makes close() sleep until the peer has taken everything, or the time is over.",
                 .read = "man 7 socket, SO_LINGER",
                 .ask = "Q43"}};
    Peer ann = you.wire("ann", {.peer_receive_buffer = 4096}); // so most of it waits in the learner's kernel
    you.run([&] {
        const std::string report = pattern(100'000);
        ASSERT_EQ(static_cast<ssize_t>(report.size()), ::send(you.fd(), report.data(), report.size(), MSG_NOSIGNAL));
        aborts(you.fd());
    });
    you.settles();
    EXPECT_TRUE(you.is_done()) << "your function still waits";
    ann.expects_reset();
    aborts_once(you);
}

TEST(Robust, DropsAnEndThatIsNotSentYet)
{
    Learner you{{.rule = "two ended streams are no connection that is over, while your bytes and your FIN still wait.",
                 .why = "poll() says POLLHUP, as after the last acknowledgement. But a plain close() lets the kernel go on: the "
                        "peer gets all of it, and then an end.",
                 .read = "man 2 poll, POLLHUP; man 7 socket, SO_LINGER",
                 .ask = "Q41, Q42, Q43"}};
    Peer ann = you.wire("ann", {.peer_receive_buffer = 4096});
    you.run([&] {
        fills(you.fd());
        ::shutdown(you.fd(), SHUT_WR);
        wait_for_the_test();
        aborts(you.fd());
    });
    ASSERT_TRUE(you.paused());
    ann.finishes_writing();
    you.settles(); // it has come
    you.resume();
    ann.expects_reset();
    aborts_once(you);
}

TEST(Robust, FindsNoFaultInAConnectionThatIsOver)
{
    Learner you{{.rule = "a connection that was reset, or has ended on both sides, is what you wanted: no error.",
                 .why = "shutdown() says ENOTCONN there. SO_LINGER can be set, and close() has nothing to send.",
                 .read = "man 2 shutdown, ENOTCONN",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    ann.resets();
    bob.finishes_writing();
    you.run([&] {
        aborts(you.fd(0));
        ::shutdown(you.fd(1), SHUT_WR);
        wait_for_the_test();
        aborts(you.fd(1));
    });
    bob.expects_end();
    aborts_once(you);
}

TEST(Hostile, LeavesAFlood)
{
    Learner you{{.rule = "an abort reads nothing: what has come and what still comes is lost.",
                 .why = "A peer that sends without end would keep you for ever, and that is often why you hang up.",
                 .read = "man 7 socket, SO_LINGER; RFC 9293 section 3.6.1",
                 .ask = "Q42, Q45"}};
    Peer ann = you.wire("ann", {.nonblocking = true});
    ann.floods();
    you.run([&] { aborts(you.fd()); });
    ann.expects_reset();
    aborts_once(you);
    EXPECT_EQ(0u, you.bytes_taken()) << "bytes were read";
}
