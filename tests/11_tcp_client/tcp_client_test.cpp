#include "11_tcp_client/tcp_client.h"

#include "lab/lab.h"

#include <csignal>
#include <fcntl.h>

using namespace lab;

namespace {

constexpr int long_enough = 10'000, short_limit = 30; // milliseconds: no test waits so long; the time must run out
// A limit that is rounded down, and so a spin of its last millisecond, is no busy loop yet.
constexpr Limits short_run{.deadline = 800ms, .idle_calls = 3000};
constexpr WireOptions narrow{16384, 16384, 16384, 16384}; // all buffers together: less than
const std::string much = pattern(400'000);

// exchange(), and what it returned in words: "pong, finished".
std::string exchange(int fd, std::string_view request, int limit_ms = long_enough)
{
    const kata::Answer answer = kata::exchange(fd, bytes(request), limit_ms);
    const std::size_t n = answer.bytes.size();
    const std::string came{text(answer.bytes)};
    const char* end = answer.end == kata::End::finished ? "finished" : answer.end == kata::End::reset ? "reset" : "timed out";
    return (n < 100 ? came : std::to_string(n) + (came == much ? " bytes" : " bytes, and not those that were sent")) + ", " + end;
}

} // namespace

TEST(Works, SendsARequestAndReadsTheAnswer)
{
    Learner you{{.rule = "send the request, say that it is all, and read until the peer says the same.",
                 .why = "SHUT_WR ends your direction only. Even an empty request has an end, and you still read the answer.",
                 .read = "man 2 shutdown; RFC 9293 section 3.6",
                 .ask = "Q39, Q40"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ(std::string("he\0llo world\xff, finished", 23), exchange(you.fd(0), {"pi\0ng", 5}));
        EXPECT_EQ("what?, finished", exchange(you.fd(1), ""));
    });
    ann.expects({"pi\0ng", 5});
    ann.expects_end();
    ann.sends({"he\0llo ", 7});
    ann.dribbles("world\xff");
    ann.closes();
    bob.expects_end();
    bob.sends("what?");
    bob.closes();
    you.finishes();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "a short count and EINTR are not the end of anything: go on with what is left.",
                 .why = "send() says how much it took, recv() how much there was. A signal only ends the call.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q28, Q29, Q88"}};
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(3);
    you.every(Family::reading).moves_at_most(4);
    for (const Family family : {Family::writing, Family::reading, Family::waiting})
        you.nth(family, 2).fails(EINTR);
    you.run([&] { EXPECT_EQ("a long answer, finished", exchange(you.fd(), "a long request")); });
    ann.expects("a long request");
    ann.expects_end();
    ann.sends("a long answer");
    ann.closes();
    you.finishes();
}

TEST(Robust, GivesUpWhenTheTimeIsOver)
{
    Learner you{
        {.rule = "when the time is over, sending or reading, return what came, and give the socket back as it was.",
         .why = "Ann ends nothing; bob never reads, and all buffers are full. No call fails for that: it would just sleep.",
         .read = "man 2 poll, timeout; man 2 send, DESCRIPTION; man 2 fcntl, F_SETFL",
         .ask = "Q26, Q30, Q55"},
        short_run};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {16384, 16384, 16384, 16384, true});
    ann.sends("half an ans");
    you.run([&] {
        const int flags[] = {::fcntl(you.fd(0), F_GETFL), ::fcntl(you.fd(1), F_GETFL)};
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ("half an ans, timed out", exchange(you.fd(0), "ping", short_limit));
        EXPECT_TRUE(std::chrono::steady_clock::now() - begin > (short_limit - 5) * 1ms) << "you gave up too early";
        EXPECT_EQ(", timed out", exchange(you.fd(1), much, short_limit));
        for (const std::size_t i : {0u, 1u})
            EXPECT_EQ(flags[i], ::fcntl(you.fd(i), F_GETFL))
                << "flags of a socket that is not yours (2048: O_NONBLOCK; -1: closed)";
    });
    ann.expects("ping");
    ann.expects_end();
    you.finishes();
}

TEST(Hostile, NeverWaitsForAPeerThatWaitsForIt)
{
    Learner you{{.rule = "read while you send: when all buffers are full, each side waits for the other to read.",
                 .why = "Ann takes no more before she has got rid of what she has. POLLOUT does not promise room for all.",
                 .read = "man 2 send, DESCRIPTION and MSG_DONTWAIT; RFC 9293 section 3.8.6",
                 .ask = "Q30, Q54, Q57"}};
    Peer ann = you.wire("ann", narrow), bob = you.wire("bob", narrow);
    you.run([&] {
        EXPECT_EQ("400000 bytes, finished", exchange(you.fd(0), much));
        EXPECT_EQ("400000 bytes, finished", exchange(you.fd(1), much));
    });
    ann.echoes();
    ann.closes();
    bob.sends(much); // before it has read anything
    bob.expects_size(much.size());
    bob.expects_end();
    bob.closes();
    you.finishes();
}

TEST(Hostile, KeepsTheLastWordsOfAPeerThatLeft)
{
    Learner you{
        {.rule = "when the peer is gone, what it said before is still there to be read; then say how it ended.",
         .why = "POLLERR, POLLHUP and a failed send() do not mean that nothing is left. A reset is told once, as ECONNRESET, to "
                "whichever call comes first: recv() then ends with 0. Behind a FIN it is EPIPE, with SIGPIPE.",
         .read = "man 2 poll, POLLHUP; man 2 send, MSG_NOSIGNAL and ERRORS; RFC 9293 section 3.6.1",
         .ask = "Q31, Q38, Q45, Q61, Q74"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.every(Family::writing).moves_at_most(1000);
    you.nth(Family::writing, 2).pauses();
    bob.sends("too long");
    bob.resets();
    you.run([&] {
        EXPECT_EQ("no, ", exchange(you.fd(0), much).substr(0, 4)); // finished: the FIN came; or reset: not all was read
        EXPECT_EQ("too long, reset", exchange(you.fd(1), "pong"));
    });
    ASSERT_TRUE(you.paused()) << "you did not send the rest of the request";
    ann.sends("no");
    ann.finishes_writing();
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, EndsWithThePeer)
{
    Learner you{
        {.rule = "the peer's end is the end of the exchange, even if it never reads the rest.",
         .why = "The answer is complete: nothing is left to wait for. And a stream that has ended stays readable for ever.",
         .read = "man 2 poll, POLLIN; man 2 recv, RETURN VALUE",
         .ask = "Q33, Q74"},
        {.deadline = 1000ms}};
    Peer ann = you.wire("ann", narrow);
    you.run([&] { EXPECT_EQ("no, finished", exchange(you.fd(), much)); });
    ann.sends("no");
    ann.finishes_writing();
    you.finishes();
}

TEST(Hostile, GivesUpOnAPeerThatDribbles)
{
    Learner you{{.rule = "the limit is for the whole exchange: neither a byte now and then nor a signal begins it anew.",
                 .why = "Note when the time is over, and before each wait compute what is left of it.",
                 .read = "man 2 poll, timeout and EINTR; man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q55, Q58"},
                short_run};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        exchange(you.fd(0), "ping", short_limit);
        EXPECT_EQ(", timed out", exchange(you.fd(1), "ping", short_limit));
    });
    while (!you.is_done()) { // ann's bytes are for the first exchange; in the second, only the signals come
        ann.sends(".");
        you.gets_signal(SIGUSR1);
        you.time_passes(5ms);
    }
    you.finishes();
}
