// What is no reason to try again, or to give up.
#include "frames.h"

using namespace lab;
using namespace std::string_view_literals;

TEST(Robust, ThrowsWhatNoNextTryMends)
{
    Learner you{
        {.rule = "EINTR alone is worth another try. A machine without memory is an error, when you write and when you read.",
         .why = "A signal is over when the call has returned. A shortage is not: the next try is the first step of a loop "
                "that burns the CPU.",
         .read = "man 2 send, ENOBUFS; man 2 recv, ENOMEM; man 7 signal",
         .ask = "Q29, Q42"}};
    Peer ann = you.wire("ann");
    ann.sends("\0\0\0\5hello"sv);
    you.nth(Family::writing, 1).fails(ENOBUFS);
    you.nth(Family::reading, 1).fails(ENOMEM);
    you.run([&] {
        expects_error(ENOBUFS, [&] { kata::write_frame(you.fd(), bytes("hello")); });
        EXPECT_EQ("threw ENOMEM", next_of(you.fd()));
    });
    you.finishes();
}

TEST(Robust, WaitsAsLongAsItTakes)
{
    Learner you{
        {.rule = "a peer may think for weeks, before a frame or in the middle of one: you have no time limit of your own.",
         .why = "SO_RCVTIMEO is the caller's limit. Who adds one of his own takes a slow peer for a broken one.",
         .read = "man 2 recv, DESCRIPTION; man 2 poll, timeout",
         .ask = "Q34, Q35"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("hello", next_of(you.fd())); });
    for (const std::string_view piece : {"\0\0\0\5he"sv, "llo"sv}) {
        you.time_passes(10min);
        if (you.waits_in_vain() == 0)  // else it looks up now and then, has no such limit, and each look costs time
            you.time_passes(25 * 24h); // more milliseconds than an int has
        ann.sends(piece);
    }
    you.finishes();
}

TEST(Robust, WorksOnAUnixSocketToo)
{
    Learner you{{.rule = "a stream is a stream: frames go over a Unix socket as over TCP.",
                 .why = "Options of TCP do not exist there: setsockopt() says EOPNOTSUPP. MSG_NOSIGNAL and MSG_MORE do no harm.",
                 .read = "man 7 unix, DESCRIPTION; man 7 tcp, TCP_CORK; man 2 setsockopt, ERRORS",
                 .ask = "Q34, Q64"}};
    Peer ann = you.unix_wire("ann");
    you.run([&] {
        EXPECT_EQ("ping", next_of(you.fd()));
        EXPECT_EQ("no error", error_of([&] { kata::write_frame(you.fd(), bytes("pong")); }));
    });
    ann.sends("\0\0\0\4ping"sv);
    ann.expects("\0\0\0\4pong"sv);
    you.finishes();
}
