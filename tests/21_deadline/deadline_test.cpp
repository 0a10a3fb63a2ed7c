// How it ends, and with how many bytes.
#include "01_socket/socket.h"
#include "reads.h"

#include <sys/socket.h>

using namespace lab;

TEST(Works, FillsTheSpanAndTakesNoMore)
{
    Learner you{{.rule = "ask again for what is missing until the span is full, and take not a byte more.",
                 .why = "A stream comes in pieces, cut anywhere. What is taken too much is lost for the next reader.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true}), eve = you.unix_wire("eve");
    you.run([&] {
        EXPECT_EQ("hello, ok", until(you.fd(0), 5, 1h));
        expects_to_hear(you.fd(0), ", world"); // the next reader
        EXPECT_EQ("hello, ok", until(you.fd(1), 5, 1h));
        EXPECT_EQ("hello, ok", until(you.fd(2), 5, 1h));
    });
    ann.dribbles("hel");
    ann.sends("lo, world");
    bob.dribbles("hel");
    bob.sends("lo");
    eve.sends("hel");
    eve.sends("lo");
    you.finishes();
    expects(you.took() == 0ms, "you wake up when bytes come: no time passes", std::to_string(you.took().count()) + " ms passed");
}

TEST(Works, GivesUpAtTheDeadline)
{
    Learner you{{.rule = "a peer that says nothing keeps you until the deadline, and no longer.",
                 .why = "recv() alone sleeps for ever: only a wait with a limit ends by itself, or recv() on such a socket.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q55, Q60"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        EXPECT_EQ(", timeout", until(you.fd(0), 5, 200ms));
        EXPECT_EQ(", timeout", until(you.fd(1), 5, 200ms));
    });
    you.finishes();
    expects(you.waits_in_vain() <= 2, "one sleep for each deadline",
            std::to_string(you.waits_in_vain()) + " sleeps after which nothing had come");
}

TEST(Works, CountsWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "recv() == 0 is the peer's end: say so, and how much came before it.",
                 .why = "Behind the end nothing comes: there is nothing to wait for, and it is no timeout.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    bob.sends("hel");
    bob.finishes_writing();
    you.run([&] {
        EXPECT_EQ("hel, eof", until(you.fd(0), 5, 1h));
        EXPECT_EQ(", eof", until(you.fd(0), 5, 1h));
        EXPECT_EQ("hel, eof", until(you.fd(1), 5, 1h)); // his bytes and his FIN are there together
    });
    ann.sends("hel");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, LosesNothingWhenTimeIsOver)
{
    Learner you{{.rule = "a timeout says how much came: those bytes are the caller's, and the rest stays in the socket.",
                 .why = "They have been taken out of the kernel. Whoever is not told about them starts in the middle.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q55"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hel, timeout", until(you.fd(), 5, 200ms));
        EXPECT_EQ("lo, ok", until(you.fd(), 2, 200ms));
    });
    ann.sends("hel");
    you.time_passes(250ms);
    ann.sends("lo");
    you.finishes();
}

TEST(Robust, AsksForNothingWhenNothingIsWanted)
{
    Learner you{{.rule = "an empty span is full already, however late it is: ok, and the socket is not asked.",
                 .why = "recv of 0 bytes gives 0, which looks like the end of the stream; a wait would sleep for nothing.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q37"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ(", ok", until(you.fd(), 0, 1h));
        EXPECT_EQ(", ok", until(you.fd(), 0, -1ms));
    });
    you.finishes();
    expects(you.took() == 0ms, "no time passes", std::to_string(you.took().count()) + " ms passed");
}

TEST(Robust, TellsAnErrorFromATimeout)
{
    Learner you{{.rule = "what is neither the peer's end nor the deadline is an exception, with its errno.",
                 .why = "ETIMEDOUT is the kernel that gave the peer up (keepalive, or what was never acknowledged); it is not "
                        "your deadline. ECONNABORTED is this machine, which broke it off (ss -K), and ECONNREFUSED an attempt to "
                        "connect. And poll() passes over a negative descriptor: it waits, and finds nothing. Of one that is "
                        "closed it says POLLNVAL, at once and each time.",
                 .read = "man 7 tcp, TCP_USER_TIMEOUT; man 2 poll, DESCRIPTION and POLLNVAL",
                 .ask = "Q60, Q63"}};
    Peer ann = you.wire("ann");
    you.nth(Family::reading, 1).fails(ETIMEDOUT);
    you.nth(Family::reading, 2).fails(EHOSTUNREACH);
    you.nth(Family::reading, 3).fails(ECONNABORTED);
    you.nth(Family::reading, 4).fails(ECONNREFUSED);
    you.run([&] {
        expects_error(ETIMEDOUT, [&] { until(you.fd(), 5, 200ms); });
        expects_error(EHOSTUNREACH, [&] { until(you.fd(), 5, 200ms); });
        expects_error(ECONNABORTED, [&] { until(you.fd(), 5, 200ms); });
        expects_error(ECONNREFUSED, [&] { until(you.fd(), 5, 200ms); });
        const kata::UniqueFd alone = kata::open_socket(AF_INET, SOCK_STREAM);
        expects_error(ENOTCONN, [&] { until(alone.get(), 5, 200ms); });
        for (const int nothing : {-1, 40})
            expects_error(EBADF, [=] { until(nothing, 5, 200ms); });
        expects_error(ENOTCONN, [&] { until(alone.get(), 5, -1ms); });
    });
    ann.sends("hello"); // for who waits before it reads
    you.finishes();
    expects(you.took() == 0ms, "each of them is told at once: no time passes", std::to_string(you.took().count()) + " ms passed");
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is an exception, and the socket comes back as it was.",
                            .why = "A machine without memory tells nothing about the peer, and nothing about the time.",
                            .read = "man 2 recv, ENOMEM; man 2 poll, ENOMEM; man 2 fcntl, F_SETFL",
                            .ask = "Q33, Q72"};
    for (const bool nonblocking : {false, true})
        whichever_call_fails([&] {
            Learner you{lesson};
            Peer ann = you.wire("ann", {.nonblocking = nonblocking});
            you.may_change("SO_RCVTIMEO"); // the call that puts it back may fail, too
            you.run([&] {
                told_or_done([&] {
                    const std::string came = until(you.fd(), 5, 1h);
                    expects(came == "hello, ok", "\"hello, ok\"", '"' + came + '"');
                });
            });
            ann.sends("hel");
            ann.sends("lo");
            you.finishes();
        });
}

TEST(Robust, ThrowsWhenItCannotWait)
{
    Learner you{{.rule = "a wait that fails is no wait: that is an exception, at once, and not another round.",
                 .why = "ENOMEM lasts. Who asks again, as after a signal, is in a busy loop until the deadline.",
                 .read = "man 2 poll, ENOMEM and EINTR",
                 .ask = "Q33, Q58"}};
    Peer ann = you.wire("ann");
    you.every(Family::waiting).fails(ENOMEM);
    you.run([&] {
        std::string came;
        const std::string error = error_of([&] { came = until(you.fd(), 5, 200ms); });
        if (error == "no error") // who sleeps in recv() asks no such call
            EXPECT_EQ(", timeout", came);
        else
            EXPECT_EQ("ENOMEM", error);
    });
    you.finishes();
    if (you.count(Family::waiting) > 0)
        expects(you.took() == 0ms, "no time passes", std::to_string(you.took().count()) + " ms passed");
}

TEST(Hostile, AnUrgentByteIsNoInput)
{
    Learner you{
        {.rule = "an urgent byte is not in the stream: it fills nothing, and you sleep on.",
         .why = "MSG_OOB of the peer makes POLLPRI true, and the third set of select(), until recv() has passed over the byte. "
                "Whoever waits for that, and reads only when there is input, spins until the deadline.",
         .read = "man 2 poll, POLLPRI; man 7 tcp, \"Sockets API\"",
         .ask = "Q55, Q68"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello, ok", until(you.fd(), 5, 200ms));
        EXPECT_EQ("you, timeout", until(you.fd(), 5, 200ms));
    });
    ann.sends("hel");
    ann.sends_urgently('!');
    ann.sends("lo");
    ann.sends("you");
    ann.sends_urgently('!');
    you.finishes();
}

TEST(Hostile, TellsAResetAndWhatCameBeforeIt)
{
    Learner you{{.rule = "a reset is a result of its own, neither the end nor an exception; what came before it counts.",
                 .why = "recv() gives the bytes that had come, then ECONNRESET, once. POLLERR and POLLHUP come before all that.",
                 .read = "man 2 recv, RETURN VALUE; man 2 poll, POLLERR; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q68"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    bob.sends("hel");
    bob.resets();
    eve.sends("hel");
    eve.resets();
    you.run([&] {
        EXPECT_EQ("hel, reset", until(you.fd(0), 5, 1h));
        EXPECT_EQ("hel, reset", until(you.fd(1), 5, 1h));
        EXPECT_EQ("hel, reset", until(you.fd(2), 5, Deadline::max(), "no limit"));
    });
    ann.sends("hel");
    ann.resets();
    you.finishes();
}
