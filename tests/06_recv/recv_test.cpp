#include "06_recv/recv.h"

#include "lab/lab.h"

#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <system_error>

using namespace lab;
using namespace std::string_literals;

namespace {

// What `call` gives: the text itself if it is short, else whether it is the pattern; or what it throws.
template <class Call>
std::string outcome(Call call)
{
    try {
        const std::string came = call(), size = std::to_string(came.size());
        return came.size() < 100 ? came : size + (came == pattern(came.size()) ? " bytes, unchanged" : " bytes, some wrong");
    } catch (const std::length_error&) {
        return "threw length_error";
    } catch (const std::system_error& e) {
        return "threw "s + (e.code().value() == 0 ? "errno 0" : ::strerrorname_np(e.code().value()));
    }
}

// What recv_exactly does with a span of `n` bytes. Four more bytes stand behind the span, and must stay as they are.
std::string exactly(int fd, std::size_t n)
{
    return outcome([&] {
        std::string room = std::string(n, '.') + "####";
        const std::size_t got = calls("recv_exactly(" + std::to_string(fd) + ", " + std::to_string(n) + " bytes)",
                                      [&] { return kata::recv_exactly(fd, std::as_writable_bytes(std::span{room}.first(n))); });
        return room.substr(0, std::min(got, n)) + (got == n ? "" : ", the end after " + std::to_string(got)) +
               (room.substr(n) == "####" ? "" : ", and wrote beyond the span: " + room.substr(n));
    });
}

std::string until_eof(int fd, std::size_t max)
{
    const std::string most = max == SIZE_MAX ? "SIZE_MAX" : std::to_string(max);
    return outcome([&] {
        return std::string{text(calls("recv_until_eof(" + std::to_string(fd) + ", at most " + most + " bytes)",
                                      [&] { return kata::recv_until_eof(fd, max); }))};
    });
}

} // namespace

TEST(Works, FillsTheSpan)
{
    Learner you{{.rule = "recv_exactly fills the span: not a byte more is written, and not a byte more is taken.",
                 .why = "Two messages often come in one piece: what you take too much is lost for the next reader of the socket.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("hello", exactly(you.fd(), 5)); });
    ann.sends("hello, world");
    you.finishes();
    EXPECT_EQ(5U, you.bytes_taken()) << "bytes that you took from the socket";
}

TEST(Works, PutsThePiecesTogether)
{
    Learner you{{.rule = "recv gives what is there: the rest needs another call, behind what you have, for what is missing.",
                 .why = "A stream has no messages: what was sent at once may come in pieces, cut anywhere.",
                 .read = "man 2 recv, DESCRIPTION; man 7 tcp, DESCRIPTION",
                 .ask = "Q34, Q36"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ(", world", exactly(you.fd(), 7));
    });
    ann.dribbles("hel");
    ann.sends("lo, wo");
    ann.sends("rld");
    you.finishes();
}

TEST(Works, CountsWhatCameBeforeTheEnd)
{
    Learner you{{.rule = "recv() == 0 is the end: no error, and nothing to wait for. Say how much came before it.",
                 .why = "The peer has finished sending. Every further call gives 0 again, at once.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hel, the end after 3", exactly(you.fd(), 5));
        EXPECT_EQ(", the end after 0", exactly(you.fd(), 5));
    });
    ann.sends("hel");
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, ReadsUntilTheEnd)
{
    Learner you{{.rule = "recv_until_eof gives every byte up to the end, and leaves the socket open for an answer.",
                 .why = "A short count or a pause means nothing: only 0 is the end, and it ends one direction only.",
                 .read = "man 2 recv, RETURN VALUE; man 2 shutdown, SHUT_WR",
                 .ask = "Q33, Q34, Q40"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("he\0llo\xff"s, until_eof(you.fd(), 1000));
        ::send(you.fd(), "thanks", 6, MSG_NOSIGNAL);
    });
    ann.dribbles("he\0"s);
    ann.sends("llo\xff"s);
    ann.finishes_writing();
    ann.expects("thanks");
    you.finishes();
}

TEST(Robust, WaitsForNothingWhenNothingIsWanted)
{
    Learner you{{.rule = "an empty span is full already: return 0, and ask the socket for nothing.",
                 .why = "recv of 0 bytes sleeps when nothing is there, and its 0 looks like the end of the stream.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q37"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("", exactly(you.fd(), 0)); });
    you.finishes();
}

TEST(Robust, CarriesOnAfterASignal)
{
    Learner you{{.rule = "a signal changes nothing: keep what you have, and wait for the rest.",
                 .why = "recv ends with EINTR, or, with MSG_WAITALL and some bytes in hand, with those: fewer than asked for.",
                 .read = "man 2 recv, MSG_WAITALL and EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q35, Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", exactly(you.fd(), 5));
        EXPECT_EQ("world", until_eof(you.fd(), 1000));
    });
    for (const char* piece : {"hel", "lo", "wor", "ld"}) {
        ann.sends(piece);
        you.gets_signal(SIGUSR1);
    }
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, TakesMoreThanTheKernelHolds)
{
    Learner you{{.rule = "a message may be larger than the receive buffer: take what is there, so that more can come.",
                 .why = "The kernel stops the sender while the buffer is full. Who waits until all is there waits for ever.",
                 .read = "man 2 recv, MSG_PEEK; man 7 socket, SO_RCVBUF",
                 .ask = "Q36"}};
    Peer ann = you.wire("ann", {.learner_receive_buffer = 4096});
    you.run([&] {
        EXPECT_EQ("40000 bytes, unchanged", exactly(you.fd(), 40'000));
        EXPECT_EQ("40000 bytes, unchanged", until_eof(you.fd(), 40'000));
    });
    ann.sends(pattern(40'000));
    ann.sends(pattern(40'000));
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, TreatsTheMaximumAsALimit)
{
    Learner you{{.rule = "max is a limit, not an amount: exactly max is allowed, and memory follows what came.",
                 .why = "Only one byte more, or the end, tells whether max was enough. SIZE_MAX is legal, and SIZE_MAX + 1 is 0.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        EXPECT_EQ("hello", until_eof(you.fd(0), 5));
        EXPECT_EQ("", until_eof(you.fd(1), 0));
        EXPECT_EQ("hello", until_eof(you.fd(2), SIZE_MAX));
    });
    ann.sends("hello");
    ann.finishes_writing();
    bob.finishes_writing();
    eve.sends("hello");
    eve.finishes_writing();
    you.finishes();
}

TEST(Robust, SaysThatTheTimeIsUp)
{
    Learner you{{.rule = "a receive timeout is the caller's: when it passes, throw EAGAIN.",
                 .why = "With SO_RCVTIMEO recv gives up with EAGAIN. Nothing came, but the stream has not ended either.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 recv, EAGAIN",
                 .ask = "Q33, Q35"},
                {.deadline = 1s}};
    Peer ann = you.wire("ann");
    you.may_change("SO_RCVTIMEO"); // the test does
    you.run([&] {
        const timeval soon{0, 10'000};
        ::setsockopt(you.fd(), SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
        EXPECT_EQ("threw EAGAIN", exactly(you.fd(), 5));
        EXPECT_EQ("threw EAGAIN", until_eof(you.fd(), 5));
    });
    you.finishes();
}

TEST(Hostile, TellsAResetFromTheEnd)
{
    Learner you{{.rule = "a reset is not an end: what came may be half of it, so throw ECONNRESET.",
                 .why = "recv gives the bytes that had come, then ECONNRESET, once. After that it gives 0, as if all were well.",
                 .read = "RFC 9293 section 3.5.3; man 2 recv, RETURN VALUE",
                 .ask = "Q38"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.nth(Family::reading, 1).pauses(); // ann's bytes and her reset are both there before the first recv
    you.run([&] {
        EXPECT_EQ("threw ECONNRESET", exactly(you.fd(0), 5));
        EXPECT_EQ("threw ECONNRESET", until_eof(you.fd(1), 1000));
    });
    ann.sends("hel");
    ann.resets();
    you.resume();
    bob.sends("hel");
    bob.resets();
    you.finishes();
}

TEST(Hostile, RefusesAByteTooManyAtOnce)
{
    Learner you{{.rule = "one byte more than max is too long: throw at once. The end may never come.",
                 .why = "A reply that was cut looks complete; and while you wait for the end, this peer holds you.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q37"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("threw length_error", until_eof(you.fd(0), 5));
        EXPECT_EQ("threw length_error", until_eof(you.fd(1), 0));
    });
    ann.sends("hello!");
    bob.sends("!");
    you.finishes();
}

TEST(Hostile, StopsAFlood)
{
    Learner you{{.rule = "a peer that sends without end costs you max bytes, and not all of your memory.",
                 .why = "Each byte that you take makes room for another. What you leave in the kernel stops the sender.",
                 .read = "man 7 tcp, DESCRIPTION",
                 .ask = "Q30, Q33"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("threw length_error", until_eof(you.fd(), 10'000)); });
    ann.floods(1 << 22);
    you.settles();
    const std::string most = "at most 75536 bytes taken", all = std::to_string(you.bytes_taken()) + " bytes taken";
    EXPECT_EQ(most, you.bytes_taken() <= 75'536 ? most : all);
    you.finishes();
}
