#include "11_tcp_client/tcp_client.h"

#include "lab/lab.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sstream>
#include <stdexcept>

using namespace lab;

namespace {

constexpr int long_enough = 10'000; // milliseconds: no test waits so long
constexpr int short_limit = 30;     // for tests in which the time must run out
// Such a run is soon over. A limit that is rounded down, and so a spin of its last millisecond, is no busy loop yet.
constexpr Limits short_run{.deadline = 800ms, .idle_calls = 3000};

constexpr WireOptions narrow{16384, 16384, 16384, 16384}; // all buffers: much less than
constexpr std::size_t much = 400'000;                     // bytes

const char* name_of(kata::End end)
{
    return end == kata::End::finished ? "finished" : end == kata::End::reset ? "reset" : "timed out";
}

void expect_answer(std::string_view bytes, kata::End end, const kata::Answer& answer)
{
    const std::string_view came = text(answer.bytes);
    if (bytes.size() < 100)
        EXPECT_EQ(bytes, came) << "in the answer that you returned";
    else if (came != bytes)
        ADD_FAILURE() << "you returned " << came.size() << " bytes" << (came.size() == bytes.size() ? ", and not those" : " of ")
                      << bytes.size() << " that were sent";
    EXPECT_EQ(std::string{name_of(end)}, name_of(answer.end)) << "as the end of the exchange";
}

// run_client() on `input`: what it printed.
std::string converse(const Host& server, const std::string& input)
{
    std::istringstream in{input};
    std::ostringstream out;
    kata::run_client(kata::parse_endpoint(server.address()), in, out);
    return out.str();
}

// run_client() where the server leaves in the middle.
void expect_failure(const Host& server, const std::string& input, const std::string& printed)
{
    std::istringstream in{input};
    std::ostringstream out;
    try {
        kata::run_client(kata::parse_endpoint(server.address()), in, out);
        ADD_FAILURE() << "it returned as if all was said";
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(printed, out.str()) << "is what you printed";
}

} // namespace

TEST(Works, SendsARequestAndReadsTheAnswer)
{
    using namespace std::string_view_literals;
    Learner you{{.rule = "send the request, say that it is all, and read until the peer says the same.",
                 .why = "SHUT_WR ends your direction only: the peer reads the end of your stream, and you still read its answer.",
                 .read = "man 2 shutdown; RFC 9293 section 3.6",
                 .ask = "Q39, Q40"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        expect_answer("he\0llo world\xff"sv, kata::End::finished, kata::exchange(you.fd(), bytes("pi\0ng"sv), long_enough));
    });
    ann.expects("pi\0ng"sv);
    ann.expects_end();
    ann.sends("he\0llo "sv);
    ann.dribbles("world\xff");
    ann.closes();
    you.finishes();
}

TEST(Works, HalfClosesAfterAnEmptyRequest)
{
    Learner you{{.rule = "an empty request is sent at once: only its end goes out.",
                 .why = "The peer waits for that end. A half-close that stands behind a successful send() never comes.",
                 .read = "man 2 shutdown",
                 .ask = "Q40"}};
    Peer ann = you.wire("ann");
    you.run([&] { expect_answer("what time is it?", kata::End::finished, kata::exchange(you.fd(), {}, long_enough)); });
    ann.expects_end();
    ann.sends("what time is it?");
    ann.closes();
    you.finishes();
}

TEST(Works, TalksLineByLine)
{
    Learner you{{.rule = "send a line, wait for the line that answers it, print that, take the next. The line \"1\" is the last.",
                 .why =
                     "A client that never reads does not learn that its server is gone. The newline tells the server where the "
                     "line ends, for the stream does not; \"1\" tells it that no more will come, and is not answered.",
                 .read = "exercises/11_tcp_client/tcp_client.h; man 2 recv",
                 .ask = "Q47, Q61"}};
    Host ann = you.host("ann");
    you.run(
        [&] { EXPECT_EQ("HELLO\nTEN WORDS\n", converse(ann, "hello\n\n10 words\n1\nnever sent\n")) << "is what you printed"; });
    Peer server = ann.accepts();
    server.expects("hello\n");
    server.expects_silence();
    server.sends("HELLO\n");
    server.expects("10 words\n");
    server.sends("TEN WORDS\n");
    server.expects("1\n");
    server.expects_end();
    you.finishes();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "a short count and EINTR are not the end of anything: go on with what is left.",
                 .why = "send() says how much it took, recv() how much there was. A signal only ends the call.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q28, Q29, Q88"}};
    Peer ann = you.wire("ann");
    Host bob = you.host("bob");
    you.every(Family::writing).moves_at_most(3);
    you.every(Family::reading).moves_at_most(4);
    for (const Family family : {Family::writing, Family::reading, Family::waiting})
        you.nth(family, 2).fails(EINTR);
    you.run([&] {
        expect_answer("a long answer", kata::End::finished, kata::exchange(you.fd(), bytes("a long request"), long_enough));
        EXPECT_EQ("yes\n", converse(bob, "a long line")) << "is what you printed";
    });
    ann.expects("a long request");
    ann.expects_end();
    ann.sends("a long answer");
    ann.closes();
    Peer server = bob.accepts();
    server.expects("a long line\n");
    server.sends("yes\n");
    server.expects_end();
    you.finishes();
}

TEST(Robust, TakesSocketsOfBothKinds)
{
    Learner you{{.rule = "the socket is the caller's: blocking or not, it stays open and keeps its flags.",
                 .why =
                     "O_NONBLOCK belongs to the open socket, and whoever uses it next lives with what you left. MSG_DONTWAIT is "
                     "for one call.",
                 .read = "man 2 fcntl, F_SETFL; man 2 recv, MSG_DONTWAIT",
                 .ask = "Q26, Q54"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob", {.nonblocking = true});
    you.run([&] {
        for (const int fd : {you.fd(0), you.fd(1)}) {
            const int before = ::fcntl(fd, F_GETFL);
            expect_answer("yes", kata::End::finished, kata::exchange(fd, bytes("are you there?"), long_enough));
            const int after = ::fcntl(fd, F_GETFL);
            EXPECT_NE(-1, after) << "you closed the caller's socket";
            EXPECT_EQ(before & O_NONBLOCK, after & O_NONBLOCK) << "as O_NONBLOCK of descriptor " << fd;
        }
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects("are you there?");
        peer->expects_end();
        peer->sends("yes");
        peer->closes();
    }
    you.finishes();
}

TEST(Robust, TakesRepliesAsTheyCome)
{
    Learner you{{.rule = "a reply ends where its newline is, not where a recv() ends.",
                 .why = "A stream has no boundaries: one reply may come in many pieces, and two in one. What came behind the "
                        "newline is the beginning of the next reply.",
                 .read = "man 7 tcp; RFC 9293 section 2.2",
                 .ask = "Q47"}};
    const std::string lengthy = pattern(20'000);
    Host ann = you.host("ann");
    you.run([&] {
        const std::string printed = converse(ann, "a\nb\nc\n");
        EXPECT_TRUE(printed == "one\n" + lengthy + "\nthree\n")
            << "you printed something else, of " << printed.size() << " bytes";
    });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.dribbles("on");
    server.expects_silence();
    server.sends("e\n");
    server.expects("b\n");
    server.sends(lengthy);
    server.expects_silence();
    server.sends("\nthree\n");
    server.expects("c\n");
    server.expects_end();
    you.finishes();
}

TEST(Robust, GivesUpOnASilentPeer)
{
    Learner you{{.rule = "when the time is over, return what came until then.",
                 .why = "The peer has neither answered nor ended its stream, and it may never do so. No error comes from that.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q55, Q58"},
                short_run};
    Peer ann = you.wire("ann");
    ann.sends("half an ans");
    you.run([&] {
        const auto begin = std::chrono::steady_clock::now();
        expect_answer("half an ans", kata::End::timed_out, kata::exchange(you.fd(), bytes("ping"), short_limit));
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
        EXPECT_TRUE(took > short_limit - 5) << "you gave up after " << took << " of " << short_limit << " ms";
    });
    ann.expects("ping");
    ann.expects_end();
    you.finishes();
}

TEST(Hostile, NeverWaitsForAPeerThatWaitsForIt)
{
    Learner you{{.rule = "read while you send: when all buffers are full, each side waits for the other to read.",
                 .why = "An echo server takes no more before it has got rid of what it has. You send and do not read: its answer "
                        "fills your buffer, then its own, and it stops reading. POLLOUT does not promise room for all.",
                 .read = "man 2 send, DESCRIPTION and MSG_DONTWAIT; RFC 9293 section 3.8.6",
                 .ask = "Q30, Q54, Q57"}};
    const std::string request = pattern(much);
    Peer ann = you.wire("ann", narrow);
    you.run([&] { expect_answer(request, kata::End::finished, kata::exchange(you.fd(), bytes(request), long_enough)); });
    ann.echoes();
    ann.closes();
    you.finishes();
}

TEST(Hostile, ListensToAPeerThatTalksFirst)
{
    Learner you{{.rule = "the answer may begin before the request has ended.",
                 .why = "The peer sends all of its answer before it reads. If you do not read, it never comes to reading.",
                 .read = "man 2 poll, POLLIN and POLLOUT",
                 .ask = "Q54, Q57"}};
    const std::string request = pattern(much);
    Peer ann = you.wire("ann", narrow);
    you.run([&] { expect_answer(request, kata::End::finished, kata::exchange(you.fd(), bytes(request), long_enough)); });
    ann.sends(request);
    ann.expects_size(much);
    ann.expects_end();
    ann.closes();
    you.finishes();
}

TEST(Hostile, KeepsWhatWasSaidBeforeAReset)
{
    Learner you{{.rule = "what the peer said before it reset is still there to be read, and the end is a reset.",
                 .why =
                     "A server that refuses a long request answers and closes without reading the rest: that sends a reset. Its "
                     "answer waits in your buffer. The error is told once, to whichever call comes first: after a send() that "
                     "failed, recv() ends with 0.",
                 .read = "man 2 send, ERRORS; RFC 9293 section 3.6.1",
                 .ask = "Q45, Q61, Q62"}};
    const std::string request = pattern(5000);
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(1000);
    you.nth(Family::writing, 2).pauses();
    you.run([&] { expect_answer("too long\n", kata::End::reset, kata::exchange(you.fd(), bytes(request), long_enough)); });
    ASSERT_TRUE(you.paused()) << "you did not send the rest of the request";
    ann.sends("too long\n");
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, ReadsOnAfterAnErrorEvent)
{
    Learner you{
        {.rule = "POLLERR and POLLHUP do not say that nothing is left to read.",
         .why = "The connection is gone, and bytes that came before still wait. recv() gives them first, and then the error.",
         .read = "man 2 poll, POLLERR and POLLHUP; man 2 recv, ERRORS",
         .ask = "Q38, Q74"}};
    Peer ann = you.wire("ann");
    you.every(Family::reading).moves_at_most(4);
    you.nth(Family::reading, 1).pauses();
    you.run([&] { expect_answer("going down\n", kata::End::reset, kata::exchange(you.fd(), bytes("ping"), long_enough)); });
    ann.sends("going down\n");
    ASSERT_TRUE(you.paused()) << "you did not read";
    ann.resets();
    you.resume();
    you.finishes();
}

TEST(Hostile, SurvivesAPeerThatEndedAndLeft)
{
    Learner you{{.rule = "sending to a peer that has left is an error of this exchange, and must not kill the process.",
                 .why = "After the end of its stream a reset came: send() then raises SIGPIPE, which kills by default. "
                        "MSG_NOSIGNAL turns it into EPIPE. The answer is still there.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61"}};
    const std::string request = pattern(5000);
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(1000);
    you.nth(Family::writing, 2).pauses();
    you.run([&] { EXPECT_EQ("no\n", text(kata::exchange(you.fd(), bytes(request), long_enough).bytes)); });
    ASSERT_TRUE(you.paused()) << "you did not send the rest of the request";
    ann.sends("no\n");
    ann.finishes_writing();
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, EndsWithThePeer)
{
    Learner you{{.rule = "the peer's end is the end of the exchange, even if it never reads the rest.",
                 .why =
                     "The answer is complete, so nothing is left to wait for. A stream that has ended stays readable for ever: "
                     "poll() returns at once each time.",
                 .read = "man 2 poll, POLLIN; man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q74"},
                {.deadline = 1000ms}};
    const std::string request = pattern(much);
    Peer ann = you.wire("ann", narrow);
    you.run([&] { expect_answer("no\n", kata::End::finished, kata::exchange(you.fd(), bytes(request), long_enough)); });
    ann.sends("no\n");
    ann.finishes_writing();
    you.finishes();
}

TEST(Hostile, GivesUpOnAPeerThatNeverReads)
{
    Learner you{
        {.rule = "the limit is for sending, too.",
         .why = "The buffers are full, and nobody empties them. A blocking send() sleeps until the peer reads or is gone.",
         .read = "man 2 send, DESCRIPTION; man 2 poll, timeout",
         .ask = "Q30, Q55"}};
    const std::string request = pattern(much);
    Peer ann = you.wire("ann", narrow);
    you.run([&] { expect_answer("", kata::End::timed_out, kata::exchange(you.fd(), bytes(request), short_limit)); });
    you.finishes();
}

TEST(Hostile, GivesUpOnAPeerThatDribbles)
{
    Learner you{{.rule = "the limit is for the whole exchange: neither a byte now and then nor a signal begins it anew.",
                 .why =
                     "A limit for each call holds only against silence. Note when the time is over, and before each wait compute "
                     "what is left of it.",
                 .read = "man 2 poll, timeout and EINTR; man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q55, Q58"},
                short_run};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_STREQ("timed out", name_of(kata::exchange(you.fd(0), bytes("ping"), short_limit).end));
        EXPECT_STREQ("timed out", name_of(kata::exchange(you.fd(1), bytes("ping"), short_limit).end));
    });
    while (!you.is_done()) { // ann's bytes are for the first exchange; in the second, only the signals come
        ann.sends(".");
        you.gets_signal(SIGUSR1);
    }
    you.finishes();
}

TEST(Hostile, NoticesThatTheServerLeft)
{
    Learner you{{.rule = "when the server leaves where an answer is due, the caller must learn it.",
                 .why = "recv() == 0 is the end of the server's stream, not an empty answer.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q61"}};
    Host ann = you.host("ann");
    you.run([&] { expect_failure(ann, "a\nb\n", "A\n"); });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.sends("A\n");
    server.expects("b\n");
    server.closes();
    you.finishes();
}

TEST(Hostile, SurvivesAServerThatLeft)
{
    Learner you{{.rule = "sending to a server that has left is an error, and must not kill the process.",
                 .why =
                     "The first send() after the server closed succeeds, and its reply is a reset. The next one raises SIGPIPE "
                     "unless it says MSG_NOSIGNAL.",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61"}};
    Host ann = you.host("ann");
    you.every(Family::writing).moves_at_most(1);
    you.nth(Family::writing, 3).pauses(); // "b", behind "a" and its newline
    you.run([&] { expect_failure(ann, "a\nb\nc\n", "A\n"); });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.sends("A\n");
    ASSERT_TRUE(you.paused()) << "you did not send the second line";
    server.closes();
    you.resume();
    you.finishes();
}
