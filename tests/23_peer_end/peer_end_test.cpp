#include "looking.h"

#include "06_recv/recv.h"

#include <climits>
#include <unistd.h>

using namespace looking;

TEST(Works, SaysThatNothingHasEnded)
{
    Learner you{{.rule = "a peer that says nothing is open, and so is one whose bytes wait. To ask neither waits nor sends.",
                 .why = "A blocking recv() sleeps until something comes, with MSG_PEEK, too. And what you send, the peer reads.",
                 .read = "man 2 poll, timeout; man 2 recv, MSG_DONTWAIT",
                 .ask = "Q36, Q60"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        expects_peer("open", you.fd(0));
        expects_peer("open", you.fd(1));
        wait_for_the_test();
        for (const int fd : {you.fd(0), you.fd(1)}) {
            expects_peer("open", fd);
            expects_rest("\"hello\", then EAGAIN", fd);
        }
    });
    ASSERT_TRUE(you.paused());
    for (Peer* peer : {&ann, &bob}) {
        peer->expects_silence();
        peer->sends("hello");
    }
    you.settles(); // both have come
    you.finishes();
    expects(you.took() == 0ms, "probe_peer() returns at once", "it waited: " + std::to_string(you.took().count()) + " ms");
}

TEST(Works, TellsTheEndOfTheStream)
{
    Learner you{{.rule = "a peer that has ended its stream is `fin`, and recv() still says so.",
                 .why = "A FIN is no error, so SO_ERROR does not know it. And a first write after it succeeds.",
                 .read = "man 2 poll, POLLRDHUP; man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q61, Q74"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"); // a pool has many connections: what one says is not for the next
    ann.finishes_writing();
    you.run([&] {
        expects_peer("open", you.fd(1));
        expects_peer("fin", you.fd());
        expects_peer("open", you.fd(1));
        expects_rest("nothing, then the end", you.fd());
        wait_for_the_test();
    });
    ann.expects_silence();
    you.finishes();
}

TEST(Works, TellsAnEndBehindBytes)
{
    Learner you{{.rule = "an end that stands behind bytes has come, too: fin_with_data, until the last of them is read.",
                 .why = "recv() shows only the first bytes. poll() says \"can be read\" for bytes and for the end: count them.",
                 .read = "man 2 poll, POLLRDHUP; man 7 tcp, SIOCINQ",
                 .ask = "Q36, Q74, Q84"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    ann.sends("hello");
    bob.sends(std::string(40'000, 'b')); // more than a short can count
    ann.finishes_writing();
    bob.finishes_writing();
    you.run([&] {
        expects_peer("fin_with_data", you.fd());
        expects_peer("fin_with_data", you.fd(1));
        char byte = 0;
        for (int left = 5; left > 0; --left) {
            expects_peer("fin_with_data", you.fd());
            ASSERT_EQ(1, ::recv(you.fd(), &byte, 1, MSG_DONTWAIT)) << "a byte is gone";
        }
        expects_peer("fin", you.fd());
        expects_rest("nothing, then the end", you.fd());
    });
    you.finishes();
}

TEST(Robust, SaysWhatHasComeSoFar)
{
    Learner you{{.rule = "an end that still waits in the peer's kernel has not come: open, until the bytes before it are read.",
                 .why = "The FIN stands behind the last byte. Your queue is full, so the peer's kernel keeps the rest back.",
                 .read = "RFC 9293 section 3.8.6; man 2 shutdown",
                 .ask = "Q40, Q57, Q117"}};
    Peer ann = you.wire("ann", {.learner_receive_buffer = 4096, .peer_send_buffer = 65536});
    ann.floods();
    ann.finishes_writing();
    you.run([&] {
        expects_peer("open", you.fd());
        kata::recv_until_eof(you.fd(), SIZE_MAX);
        expects_peer("fin", you.fd());
    });
    you.finishes();
}

TEST(Robust, KeepsTheTwoStreamsApart)
{
    Learner you{
        {.rule = "the end of your own stream says nothing about the peer's; and two ends are no reset.",
         .why = "When both streams have ended, poll() adds POLLHUP, and the state of the socket is CLOSE, as after a reset.",
         .read = "man 2 poll, POLLHUP; RFC 9293 section 3.6",
         .ask = "Q40, Q41, Q74"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        for (const int fd : {you.fd(0), you.fd(1)}) {
            ASSERT_EQ(0, ::shutdown(fd, SHUT_WR));
            expects_peer("open", fd);
        }
        wait_for_the_test();
        expects_peer("fin_with_data", you.fd(0));
        expects_rest("\"hello\", then the end", you.fd(0));
        expects_peer("fin", you.fd(0));
        expects_peer("fin", you.fd(1));
    });
    ann.expects_end();
    ann.sends("hello");
    ann.closes();
    bob.expects_end();
    bob.closes();
    you.settles(); // both ends have come
    you.finishes();
}

TEST(Robust, TellsAnEndBeforeYoursHasArrived)
{
    Learner you{{.rule = "the peer's end has come, also while your own waits behind bytes that the peer does not read.",
                 .why = "Its queue is full, so your FIN is not acknowledged: both have ended, and the state is CLOSING.",
                 .read = "RFC 9293 section 3.6; man 2 poll, POLLRDHUP",
                 .ask = "Q40, Q41, Q74"}};
    Peer ann = you.wire("ann", {.peer_receive_buffer = 4096});
    you.run([&] {
        fills(you.fd());
        ASSERT_EQ(0, ::shutdown(you.fd(), SHUT_WR));
        expects_peer("open", you.fd());
        wait_for_the_test();
        expects_peer("fin_with_data", you.fd());
        expects_rest("\"hello\", then the end", you.fd());
        expects_peer("fin", you.fd());
    });
    ASSERT_TRUE(you.paused());
    ann.sends("hello");
    ann.finishes_writing();
    you.settles(); // both have come
    you.finishes();
}

TEST(Robust, SaysWhatRecvSaysOnceTheResetIsTold)
{
    Learner you{{.rule = "whoever was told of a reset took the error with him; from then on you say what recv() says: an end.",
                 .why = "The kernel tells it once, by recv(), send() or SO_ERROR. After that a reset looks like two clean ends.",
                 .read = "man 7 socket, SO_ERROR; man 2 poll, POLLERR",
                 .ask = "Q38, Q74"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    ann.resets();
    bob.sends("hello");
    bob.resets();
    you.run([&] {
        expects_rest("nothing, then ECONNRESET", you.fd(0));
        expects_peer("fin", you.fd(0));
        int error = 0;
        socklen_t size = sizeof error;
        ASSERT_EQ(0, ::getsockopt(you.fd(1), SOL_SOCKET, SO_ERROR, &error, &size));
        EXPECT_EQ(ECONNRESET, error);
        expects_peer("fin_with_data", you.fd(1));
        expects_rest("\"hello\", then the end", you.fd(1));
    });
    you.finishes();
}

TEST(Robust, LooksAgainAfterASignal)
{
    Learner you{{.rule = "EINTR says nothing about the peer: look again.",
                 .why = "Also a poll() that does not wait may say it: Linux asks for signals last, where nothing is ready.",
                 .read = "man 2 poll, EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q60, Q68"}};
    Peer ann = you.wire("ann");
    for (const Call call : {Call::poll, Call::ppoll})
        for (const std::uint32_t n : {1u, 2u}) // the second signal says as little
            you.nth(call, n).fails(EINTR);
    you.run([&] { expects_peer("open", you.fd()); });
    you.finishes();
}

TEST(Robust, RefusesWhatIsNoDescriptor)
{
    Learner you{
        {.rule = "what is no descriptor has no peer: EBADF, for -1, too.",
         .why = "-1 is what an owner holds that was moved from. poll() passes over a negative number and reports nothing.",
         .read = "man 2 poll, DESCRIPTION and POLLNVAL",
         .ask = "Q68, Q72"}};
    you.run([] {
        expects_error(EBADF, [] { probe(-1); });
        expects_error(EBADF, [] { probe(INT_MIN); });
        expects_error(EBADF, [] { probe(40); });
    });
    you.finishes();
}
