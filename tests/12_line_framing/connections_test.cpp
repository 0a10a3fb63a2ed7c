#include "lines.h"

#include "05_accept/accept.h"

using namespace lab;
using kata::LineReader;

TEST(Robust, KeepsTwoConnectionsApart)
{
    Learner you{{.rule = "what one connection left over never reaches another.",
                 .why = "A buffer that is static, or of the wrong size of life, is shared by all connections.",
                 .read = "man 3 getline, for one that is not shared",
                 .ask = "Q47, Q76"}};
    Peer ann = you.wire("ann");
    Peer bob = you.wire("bob");
    you.run([&] {
        LineReader of_ann{you.fd(0), max_line}, of_bob{you.fd(1), max_line};
        EXPECT_EQ("ann 1", next_of(of_ann));
        EXPECT_EQ("bob 1", next_of(of_bob));
        EXPECT_EQ("ann 2", next_of(of_ann));
        EXPECT_EQ("bob 2", next_of(of_bob));
    });
    ann.sends("ann 1\nann 2\n");
    bob.sends("bob 1\nbob 2\n");
    you.finishes();
}

TEST(Robust, BeginsEmptyOnANewConnection)
{
    Learner you{{.rule = "a new reader knows nothing of an old one, even if its connection has the same number.",
                 .why = "The kernel gives the lowest free number to the next connection. What is kept by number meets it there.",
                 .read = "man 2 accept, RETURN VALUE; man 2 open, the lowest-numbered file descriptor",
                 .ask = "Q47, Q76"}};
    const int listener = you.listener();
    you.run([&] {
        for (const char* first : {"ann 1", "bob 1"}) {
            const kata::Accepted client = kata::accept_one(listener).value();
            LineReader lines{client.fd.get(), max_line};
            EXPECT_EQ(first, next_of(lines));
        }
    });
    Peer ann = you.connect("ann");
    ann.sends("ann 1\nann 2\n");
    Peer bob = you.connect("bob");
    bob.sends("bob 1\nbob 2\n");
    you.finishes();
}

TEST(Hostile, TellsAResetFromAnEnd)
{
    Learner you{{.rule = "a reset is an error, not the end of the stream: what came may be cut off.",
                 .why = "recv() gave ECONNRESET. Who takes it for an end believes half a message.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        LineReader lines{you.fd(), max_line};
        EXPECT_EQ("whole", next_of(lines));
        EXPECT_EQ("threw ECONNRESET", next_of(lines));
    });
    ann.sends("whole\nha");
    ann.resets();
    you.finishes();
}
