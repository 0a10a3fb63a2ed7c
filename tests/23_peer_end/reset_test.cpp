// A connection that breaks off, and an end that comes while you look.
#include "looking.h"

#include "07_send/send.h"

#include <cstdint>

using namespace looking;

TEST(Hostile, TellsAReset)
{
    Learner you{{.rule = "a reset is told, and its error stays for whoever reads next.",
                 .why = "recv() takes the error out of the socket, with MSG_PEEK, too, and so does SO_ERROR.",
                 .read = "man 7 socket, SO_ERROR; man 2 poll, POLLERR",
                 .ask = "Q36, Q38, Q42"}};
    Peer ann = you.wire("ann");
    ann.resets();
    you.run([&] {
        expects_peer("reset", you.fd());
        expects_rest("nothing, then ECONNRESET", you.fd());
    });
    you.finishes();
}

TEST(Hostile, TellsAResetBehindBytes)
{
    Learner you{{.rule = "bytes that wait do not hide a reset, and a reset takes no bytes that wait.",
                 .why = "On Linux what has come can still be read after a RST. A first byte says nothing about what follows.",
                 .read = "man 2 recv, MSG_PEEK; man 2 poll, POLLERR",
                 .ask = "Q36, Q38"}};
    Peer ann = you.wire("ann");
    ann.sends("hello");
    ann.resets();
    you.run([&] {
        expects_peer("reset", you.fd());
        expects_rest("\"hello\", then ECONNRESET", you.fd());
    });
    you.finishes();
}

TEST(Hostile, TellsAResetBehindTheEnd)
{
    Learner you{{.rule = "a reset that comes after the end of the stream is a reset: nobody will read your answer.",
                 .why = "poll() still reports the FIN (POLLRDHUP), and recv() says 0. Only POLLERR, or a send(), tells the rest.",
                 .read = "man 2 poll, POLLERR and POLLRDHUP; man 2 send, EPIPE",
                 .ask = "Q38, Q61, Q74"}};
    Peer ann = you.wire("ann");
    ann.sends("hello");
    ann.finishes_writing();
    ann.resets();
    you.run([&] {
        expects_peer("reset", you.fd());
        expects_rest("\"hello\", then the end", you.fd());
        expects_peer("reset", you.fd());
        expects_error(EPIPE, [&] { kata::send_all(you.fd(), std::as_bytes(std::span{"hello", 5})); });
        expects_peer("fin", you.fd());
    });
    you.finishes();
}

TEST(Hostile, CannotTellAPeerThatClosedUntilSomethingIsSent)
{
    Learner you{{.rule = "a peer that closed is `fin`, as one that only finished writing; what is sent to it then makes a reset.",
                 .why = "Both send FIN, and no more. The RST comes in answer to bytes for a socket that is no more.",
                 .read = "RFC 9293 section 3.5.2; man 2 send, EPIPE",
                 .ask = "Q40, Q61"}};
    Peer ann = you.wire("ann");
    ann.closes();
    you.run([&] {
        expects_peer("fin", you.fd());
        kata::send_all(you.fd(), std::as_bytes(std::span{"hello", 5}));
        wait_for_the_test();
        expects_peer("reset", you.fd());
    });
    you.settles();
    you.finishes();
}

TEST(Hostile, TakesNoOldLookForANewOne)
{
    Learner you{{.rule = "what you saw before the end came is old: look for bytes when you know of the end, not before.",
                 .why = "Bytes and a FIN came between your two looks. Behind a FIN no more can come; before it they may.",
                 .read = "man 2 poll, POLLRDHUP; man 7 tcp, SIOCINQ",
                 .ask = "Q74, Q76"}};
    Peer ann = you.wire("ann");
    you.nth(Family::waiting, 1).pauses();
    you.run([&] {
        const std::string end = probe(you.fd());
        wait_for_the_test();
        expects(end != "fin", "probe_peer() says open or fin_with_data: five bytes wait", end);
        expects_peer("fin_with_data", you.fd());
    });
    ASSERT_TRUE(you.paused());
    ann.sends("hello");
    ann.finishes_writing();
    you.settles(); // both have come
    you.resume();
    you.finishes();
}

TEST(Hostile, TakesNoResetBetweenTwoLooksForAnEnd)
{
    constexpr Lesson lesson{
        .rule = "one look tells an end from a reset: what an older look did not see may have come since.",
        .why = "A RST sets POLLRDHUP, too, and the state CLOSE. Who asked for POLLERR before it came finds an end that "
               "never was.",
        .read = "man 2 poll, POLLERR and POLLRDHUP",
        .ask = "Q38, Q74, Q76"};
    const auto comes_before = [&](auto call, std::uint32_t nth) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.nth(call, nth).pauses();
        you.run([&] {
            const std::string end = probe(you.fd());
            wait_for_the_test();
            expects(end == "open" || end == "reset", "probe_peer() says open or reset: no end of the stream has come", end);
            expects_peer("reset", you.fd());
        });
        ASSERT_TRUE(you.paused()); // there, or behind the look, where it makes no such call
        ann.resets();
        you.settles(); // it has come
        you.resume();
        you.finishes();
    };
    comes_before(Family::waiting, 1);
    comes_before(Family::waiting, 2);
    comes_before(Call::getsockopt, 1);
    comes_before(Call::ioctl, 1);
}
