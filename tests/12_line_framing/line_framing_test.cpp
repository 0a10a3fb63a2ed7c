#include "lines.h"

#include <sys/socket.h>

using namespace lab;
using namespace std::string_view_literals;
using kata::LineReader;

TEST(Works, CutsTheStreamAtEachNewline)
{
    Learner you{{.rule = "one segment may hold many lines: return the first, keep the rest for the next call.",
                 .why = "What one recv() gives is a piece of a stream. The bytes behind the newline come only once.",
                 .read = "man 7 tcp, DESCRIPTION",
                 .ask = "Q34, Q47, Q48"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("one", next_of(lines));
        EXPECT_EQ("two", next_of(lines));
        EXPECT_EQ("", next_of(lines));
        EXPECT_EQ("four", next_of(lines));
        EXPECT_EQ("<the end>", next_of(lines));
    });
    ann.sends("one\ntwo\n\nfour\n");
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, JoinsALineFromItsPieces)
{
    Learner you{{.rule = "one line may come in many segments: wait for its newline.",
                 .why = "TCP keeps the order of bytes and no borders. A piece without a newline is not a line yet.",
                 .read = "man 7 tcp, DESCRIPTION",
                 .ask = "Q34, Q48"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("a 你 b", next_of(lines));
        EXPECT_EQ("c", next_of(lines));
    });
    ann.dribbles("a 你 b\nc\n");
    you.finishes();
}

TEST(Works, ReturnsALineAsSoonAsItIsThere)
{
    Learner you{
        {.rule = "a complete line is returned at once; its sender may be waiting for the answer.",
         .why = "Asking for more than is there puts you to sleep, and both sides wait. A full buffer does not say that there "
                "is more.",
         .read = "man 2 recv, DESCRIPTION and MSG_WAITALL",
         .ask = "Q35, Q47"}};
    Peer ann = you.wire("ann");
    constexpr std::size_t sizes[] = {512, 1024, 4096, 8192, 16384}; // with the ending
    you.run([&] {
        LineReader lines{you.fd(), 1 << 16};
        EXPECT_EQ("ping", next_of(lines));
        EXPECT_EQ("pong", next_of(lines));
        for (const std::size_t size : sizes) {
            EXPECT_TRUE(next_of(lines) == pattern(size - 1)) << "the line of " << size << " bytes did not come back as it was";
            ::send(you.fd(), "!", 1, MSG_NOSIGNAL);
        }
    });
    ann.sends("ping\n"); // each act waits until you sleep
    ann.sends("pong\n");
    for (const std::size_t size : sizes) {
        ann.sends(pattern(size - 1) + '\n');
        ann.expects("!");
    }
    you.finishes();
}

TEST(Works, WaitsAsLongAsItTakes)
{
    Learner you{{.rule = "a peer may think for a month before its next line: no time limit is yours to set.",
                 .why = "A person types at the other end. Whoever wants a limit sets SO_RCVTIMEO, and that is the caller.",
                 .read = "man 2 recv, DESCRIPTION; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q35, Q47"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("slow", next_of(lines));
    });
    ann.sends("sl");
    you.time_passes(30 * 24h); // more milliseconds than an int has numbers
    ann.sends("ow\n");
    you.finishes();
}

TEST(Works, EndsWithTheStream)
{
    Learner you{{.rule = "at the end of the stream comes what is left, even without a newline, and then the end, every time.",
                 .why = "recv() gives 0 once the peer has finished. The bytes before it are a line that lost its ending.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q47"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("first", next_of(lines));
        EXPECT_EQ("last", next_of(lines));
        EXPECT_EQ("<the end>", next_of(lines));
        EXPECT_EQ("<the end>", next_of(lines));
    });
    ann.sends("first\nlast");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, TakesOneCarriageReturnAndNoMore)
{
    Learner you{{.rule = "\"\\r\\n\" is one ending, also when it comes in two segments; any other \"\\r\" belongs to the line.",
                 .why = "The \"\\r\" can be the last byte of one recv() and the \"\\n\" the first of the next. Or something else "
                        "comes next, or the end: then it is a byte like any other, also where it is the only one.",
                 .read = "RFC 9112 section 2.2 (an example of such a rule)",
                 .ask = "Q47, Q50"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy");
    you.run([&] {
        LineReader of_ann{you.fd(0), max_line}, of_bob{you.fd(1), max_line}, of_cy{you.fd(2), max_line};
        EXPECT_EQ("one", next_of(of_ann));
        EXPECT_EQ("a\rb\r", next_of(of_ann));
        EXPECT_EQ("", next_of(of_ann));
        EXPECT_EQ("\rc", next_of(of_ann));
        EXPECT_EQ("cut\r", next_of(of_ann));
        EXPECT_EQ("a\rb\r", next_of(of_bob));
        EXPECT_EQ("\r", next_of(of_cy));
        EXPECT_EQ("<the end>", next_of(of_cy));
    });
    ann.sends("one\r");
    ann.sends("\na\rb\r\r\n\r\n\rc\n");
    ann.sends("cut\r");
    ann.finishes_writing();
    bob.dribbles("a\rb\r\r\n");
    cy.sends("\r");
    cy.finishes_writing();
    you.finishes();
}

TEST(Robust, KeepsEveryByte)
{
    Learner you{{.rule = "a zero, a blank, 0xff: each is a byte of the line. Only its ending is not.",
                 .why = "Functions for C strings stop at a zero, EOF is 0xff in a char, and isspace() knows more than endings.",
                 .read = "man 3 memchr; man 3 fgetc, RETURN VALUE; man 3 isspace",
                 .ask = "Q50"}};
    std::string all = "\xef\xbb\xbf"; // a byte order mark, which is three bytes like any other
    for (int byte = 0; byte < 256; ++byte)
        if (byte != '\n')
            all += static_cast<char>(byte);
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("a\0b"sv, next_of(lines));
        EXPECT_EQ("\0"sv, next_of(lines));
        EXPECT_EQ(" \t\v\f padded \t", next_of(lines));
        EXPECT_EQ("\xff\xfe\x1a\x80", next_of(lines));
        EXPECT_TRUE(next_of(lines) == all) << "a line with each byte from 0 to 255, but \"\\n\", did not come back as it was";
    });
    ann.sends("a\0b\n\0\n \t\v\f padded \t\n\xff\xfe\x1a\x80\r\n"sv);
    ann.sends(all + "\n");
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, CarriesOnAfterSignalsAndShortReads)
{
    Learner you{{.rule = "a signal and a short read change nothing.",
                 .why = "EINTR means that nothing was read: call again. How many bytes a recv() gives means nothing at all.",
                 .read = "man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q33, Q88"},
                {.idle_calls = 1000}};
    Peer ann = you.wire("ann");
    you.every(Family::reading).moves_at_most(3);
    you.first(Family::reading, 120).fails(EINTR); // a clock that ticks
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("hello, world", next_of(lines));
        EXPECT_EQ("and good night", next_of(lines));
    });
    ann.sends("hello, world\nand good night\n");
    you.finishes();
}

TEST(Robust, AnyNumberOfSignalsEndsNothing)
{
    Learner you{
        {.rule = "however often signals end a call, it is made again, and costs no memory.",
         .why = "A peer thinks for an hour, and a timer of the process ticks a thousand times in a second. Who tries again by "
                "calling itself has one more frame on the stack for each signal, and dies when the stack is full.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
         .ask = "Q33, Q88"},
        {.deadline = 30s, .cpu = 10s, .stack_kib = 1024, .idle_calls = 0}};
    Peer ann = you.wire("ann");
    you.first(Family::reading, 5000).fails(EINTR);
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("hello", next_of(lines));
    });
    ann.sends("hello\n");
    you.finishes();
}

TEST(Robust, ReadsAnyStreamSocket)
{
    Learner you{{.rule = "a stream socket need not be TCP: lines come over a Unix socket as well.",
                 .why = "What tcp(7) offers fails there: setsockopt() says EOPNOTSUPP.",
                 .read = "man 7 unix, DESCRIPTION; man 7 tcp, \"Socket options\"",
                 .ask = "Q34, Q47"}};
    Peer ann = you.unix_wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("one", next_of(lines));
        EXPECT_EQ("two", next_of(lines));
        EXPECT_EQ("<the end>", next_of(lines));
    });
    ann.sends("one\r\ntw");
    ann.sends("o\n");
    ann.finishes_writing();
    you.finishes();
}
