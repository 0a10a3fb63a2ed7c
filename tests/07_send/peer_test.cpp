// A peer that has ended its stream, or the connection.
#include "sending.h"

using namespace lab;

TEST(Hostile, ServesAPeerThatHasFinishedWriting)
{
    Learner you{{.rule = "the end of the peer's stream does not end yours: it may still be reading.",
                 .why = "A FIN says \"I send no more\". POLLRDHUP and recv() == 0 tell the same, and nothing about reading.",
                 .read = "man 2 shutdown; man 2 poll, POLLRDHUP; RFC 9293 section 3.6",
                 .ask = "Q40, Q61"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] {
        sends_all(you.fd(), bytes(pattern(much)));
        sends_all(you.fd(), bytes("the end"));
    });
    ann.finishes_writing();
    you.settles();
    ann.expects_size(much);
    ann.expects("the end");
    you.finishes();
}

TEST(Hostile, TellsAResetThatCameBefore)
{
    Learner you{{.rule = "a connection may have died before you send: the reason still waits in the socket, so throw ECONNRESET.",
                 .why = "The error is told once, to send() or to SO_ERROR. After that the kernel only says EPIPE.",
                 .read = "man 7 socket, SO_ERROR; man 2 send, ECONNRESET and EPIPE",
                 .ask = "Q31, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        wait_for_the_test();
        must_fail(you.fd(), bytes("too late"), ECONNRESET);
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Hostile, TellsWhateverBreaksTheConnection)
{
    constexpr Lesson lesson{
        .rule = "only a full buffer and a signal are no error: any other errno is an exception.",
        .why = "ETIMEDOUT says that nobody has acknowledged what was sent: the kernel has given the connection up. "
               "It is told once. Who tries again gets EPIPE.",
        .read = "man 7 tcp, ERRORS; man 2 send, ERRORS",
        .ask = "Q31, Q61"};
    for (const int error : {ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENETDOWN, ECONNABORTED, EPERM}) {
        Learner you{lesson};
        Peer ann = you.wire("ann", nonblocking);
        you.every(Family::writing).fails(error);
        you.run([&] { must_fail(you.fd(), bytes("hello"), error); });
        you.finishes();
    }
}

TEST(Hostile, LivesOnWhenThePeerGoesMeanwhile)
{
    Learner you{{.rule = "no send() may raise SIGPIPE: not the first one, and not the one after a wait.",
                 .why = "A peer that has ended its stream and resets then leaves EPIPE behind, and that comes with the signal.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE; man 7 signal, SIGPIPE",
                 .ask = "Q31, Q61"}};
    Peer ann = you.wire("ann", nonblocking);
    you.run([&] { must_fail(you.fd(), bytes(pattern(much)), EPIPE); });
    ann.finishes_writing();
    you.settles(); // asleep: the buffers are full
    ann.resets();
    you.finishes();
}
