#include "08_close/close.h"

#include "lab/lab.h"

#include <algorithm>
#include <chrono>
#include <sys/socket.h>
#include <system_error>

using namespace lab;

namespace {

constexpr int patient = 30'000, brief = 20; // milliseconds: longer than any test lives; the shortest that shows who waits
constexpr std::size_t report = 400'000;
constexpr WireOptions slow{.peer_receive_buffer = 4096}; // the report waits in our send buffer, and leaves in small pieces
// For tests of the limit. Who rounds it down spins for less than one millisecond: that is forgiven.
constexpr Limits strict{.deadline = 500ms, .idle_calls = 0};

std::string closing(int fd, int limit_ms)
{
    constexpr const char* names[] = {"clean", "peer_reset", "timed_out"};
    return names[static_cast<std::size_t>(kata::graceful_close(kata::UniqueFd{fd}, limit_ms))];
}

void closes_when_time_is_over(int fd)
{
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ("timed_out", closing(fd, brief));
    EXPECT_TRUE(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds{brief / 2})
        << "you gave up long before the limit was over";
}

// A server that looks at the first byte of a request, sends the report, leaves the rest unread, and closes.
void answers_and_closes(int fd)
{
    char byte = 0;
    ASSERT_EQ(1, ::recv(fd, &byte, 1, 0));
    ASSERT_EQ(static_cast<ssize_t>(report), ::send(fd, pattern(report).data(), report, MSG_NOSIGNAL));
    EXPECT_EQ("clean", closing(fd, patient));
}

void closes_once(Learner& you)
{
    you.finishes();
    int closed = 0;
    for (const CallRecord& c : you.calls()) {
        closed += c.call == Call::close && c.fd == you.fd() ? 1 : 0;
        EXPECT_TRUE(c.error != EDOM) << "the kernel refused your timeout (EDOM): tv_usec holds less than a second";
    }
    EXPECT_TRUE(closed != 0) << "the socket was still open when your function returned";
    EXPECT_TRUE(closed < 2) << "you closed the socket twice: by then the number may be somebody else's";
}

} // namespace

TEST(Works, EndsItsStreamAndWaitsForThePeersEnd)
{
    Learner you{{.rule = "say that you have finished, wait until the peer has, then close.",
                 .why = "SHUT_WR sends FIN and leaves the way in open. A peer that waits for your FIN sends its own after it.",
                 .read = "man 2 shutdown; RFC 9293 section 3.6",
                 .ask = "Q39, Q40, Q41"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        ::send(you.fd(), "goodbye", 7, MSG_NOSIGNAL);
        EXPECT_EQ("clean", closing(you.fd(), patient));
    });
    ann.expects("goodbye");
    ann.expects_end();
    you.settles();
    EXPECT_TRUE(you.count(Call::close) == 0) << "you did not wait for the end of ann's stream";
    ann.closes();
    closes_once(you);
}

TEST(Works, DeliversTheWholeAnswer)
{
    Learner you{{.rule = "read what is unread before you close: or close() sends RST, and the answer is lost.",
                 .why = "ann takes little at a time, the rest waits here, and such a close() drops it. No SO_LINGER helps.",
                 .read = "RFC 9293 section 3.6.1; man 7 socket, SO_LINGER",
                 .ask = "Q42, Q43, Q45, Q62"}};
    Peer ann = you.wire("ann", slow);
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request with a body that nobody reads");
    you.settles(); // only now she reads
    ann.expects_size(report);
    ann.expects_end();
    ann.closes();
    closes_once(you);
}

TEST(Robust, ReadsWhatComesUntilTheEnd)
{
    Learner you{{.rule = "\"nothing to read now\" is not the end: read until recv() gives 0.",
                 .why = "Bytes that reach a closed socket are answered with RST, too, and the report goes down with it.",
                 .read = "man 2 recv, RETURN VALUE; RFC 9293 section 3.6.1",
                 .ask = "Q33, Q42, Q45"}};
    Peer ann = you.wire("ann", slow);
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request");
    ann.sends(pattern(70'000)); // its body comes later
    ann.expects_size(report);
    ann.expects_end();
    ann.closes();
    closes_once(you);
}

TEST(Robust, TakesNeitherASignalNorEagainForTheEnd)
{
    Learner you{{.rule = "EINTR and EAGAIN end nothing, neither the stream nor the limit: sleep until there is more to read.",
                 .why = "A signal came, or nothing has come yet on this non-blocking socket.",
                 .read = "man 2 recv, EAGAIN; man 7 signal, \"Interruption of system calls...\"",
                 .ask = "Q33, Q55, Q88"}};
    you.first(Family::reading, 3).fails(EINTR);
    you.first(Family::waiting, 3).fails(EINTR);
    Peer ann = you.wire("ann", {.nonblocking = true});
    you.run([&] { EXPECT_EQ("clean", closing(you.fd(), patient)); });
    ann.sends("more");
    you.gets_signal(SIGUSR1);
    ann.expects_end();
    ann.closes();
    closes_once(you);
    EXPECT_TRUE(you.count(Family::sleeping) == 0) << "you slept for a fixed time and then looked again: wait for the event";
}

TEST(Robust, ClosesAlsoWhenItThrows)
{
    Learner you{{.rule = "what you own is closed on every path, and an error that you do not know is an exception.",
                 .why = "recv() failed. What is freed by hand at the end of the function is not freed on this path.",
                 .read = "man 2 recv, ERRORS",
                 .ask = "Q71, Q72"}};
    you.every(Family::reading).fails(ENOMEM);
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_THROW(closing(you.fd(), patient), std::system_error) << "recv() failed with ENOMEM"; });
    ann.sends("more");
    closes_once(you);
}

TEST(Robust, DoesNotWaitWhenTheTimeIsOver)
{
    Learner you{{.rule = "nothing left of the limit means: do not wait.",
                 .why = "Timeouts of 0 and below have meanings of their own: poll(-1) and SO_RCVTIMEO 0 both wait for ever.",
                 .read = "man 2 poll, timeout; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q55, Q58"},
                strict};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    bob.sends("more");
    you.nth(Family::reading, 1).is_delayed(30ms); // your first recv takes longer than the limit
    you.run([&] {
        EXPECT_EQ("timed_out", closing(you.fd(1), 5));
        EXPECT_EQ("timed_out", closing(you.fd(0), 0));
    });
    closes_once(you);
}

TEST(Hostile, LeavesASilentPeerWhenTheTimeIsOver)
{
    Learner you{{.rule = "a peer that says nothing keeps you until the limit, and no longer.",
                 .why = "Its FIN may never come: its program hangs, or the cable is out. Only a clock tells.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q45, Q60"},
                strict};
    Peer ann = you.wire("ann");
    you.run([&] { closes_when_time_is_over(you.fd()); });
    ann.expects_end();
    closes_once(you);
}

TEST(Hostile, LeavesAPeerThatKeepsSending)
{
    Learner you{{.rule = "the limit is for the whole call: neither a byte nor a signal starts it again.",
                 .why = "One byte now and then, or bytes without end: ask the clock in each round, wait only for what is left.",
                 .read = "man 2 poll, timeout and EINTR; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q45, Q56, Q58"},
                strict};
    Peer ann = you.wire("ann");
    ann.sends(std::string(40, '.'));
    you.every(Family::reading).moves_at_most(1);
    for (const Family family : {Family::reading, Family::waiting}) {
        you.every(family).is_delayed(5ms); // so four of your calls use up the limit
        you.nth(family, 1).fails(EINTR);
    }
    you.run([&] { closes_when_time_is_over(you.fd()); });
    closes_once(you);
    int left = brief;
    for (const CallRecord& c : you.calls()) {
        const Family family = family_of(c.call);
        ASSERT_TRUE(family != Family::waiting || c.args[1] <= std::max(left, 0) + 4)
            << "of the limit " << left << " ms were left, and you waited for up to " << c.args[1] << " ms";
        left -= family == Family::waiting || family == Family::reading ? 5 : 0;
        ASSERT_TRUE(left > -brief) << "the limit was over, and you went on";
    }
}

TEST(Hostile, ReadsAlsoWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "the peer's end stands behind its last byte: read up to it.",
                 .why = "POLLRDHUP reports the FIN while bytes before it are unread. Closing now sends RST.",
                 .read = "man 2 poll, POLLRDHUP and POLLHUP; RFC 9293 section 3.6.1",
                 .ask = "Q40, Q45"}};
    Peer ann = you.wire("ann", slow);
    you.nth(Family::reading, 1).pauses();
    you.run([&] { answers_and_closes(you.fd()); });
    ann.sends("a request with a body that nobody reads");
    ann.finishes_writing();
    you.resume();
    you.settles();
    ann.expects_size(report);
    ann.expects_end();
    closes_once(you);
}

TEST(Hostile, TellsAReset)
{
    Learner you{{.rule = "a peer that resets is a result, not an exception.",
                 .why = "ECONNRESET is how recv() says it. Nobody made a mistake: a client has pressed stop.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("peer_reset", closing(you.fd(), patient)); });
    ann.expects_end();
    ann.resets();
    closes_once(you);
}

TEST(Hostile, TellsAResetThatWasReportedBefore)
{
    Learner you{{.rule = "a connection that was reset before you came is peer_reset as well.",
                 .why = "The send() before you was told. Now recv() gives 0, as after a clean end; shutdown() gives ENOTCONN.",
                 .read = "man 2 shutdown, ENOTCONN; man 7 socket, SO_ERROR",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 1).pauses();
    you.run([&] {
        while (::send(you.fd(), "report", 6, MSG_NOSIGNAL) > 0) {
        }
        EXPECT_EQ("peer_reset", closing(you.fd(), patient));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    closes_once(you);
}
