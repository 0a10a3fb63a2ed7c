// run_client(): the conversation, line by line.
#include "11_tcp_client/script.h"

using namespace lab;
using script::converse, script::much, script::narrow;

TEST(Works, TalksLineByLine)
{
    Learner you{{.rule = "send a line, wait for the line that answers it, print that, take the next. The line \"1\" is the last.",
                 .why = "The stream does not show where a line ends: the newline does. \"1\" is sent, too, and not answered.",
                 .read = "exercises/11_tcp_client/tcp_client.h; man 2 recv",
                 .ask = "Q47, Q61"}};
    Host ann = you.host("ann");
    you.run([&] { EXPECT_EQ("HELLO\nTEN\n", converse(ann, "hello\n\n10 words\n1\nnever sent\n")); });
    Peer server = ann.accepts();
    server.expects("hello\n");
    server.expects_silence();
    server.sends("HELLO\n");
    server.expects("10 words\n");
    server.sends("TEN\n");
    server.expects("1\n");
    server.expects_end();
    you.finishes();
}

TEST(Works, EndsWithItsInput)
{
    Learner you{{.rule = "the end of the input ends the conversation, behind its last line: with a newline or without.",
                 .why = "std::getline() gives a last line without its newline, too. The server needs that newline.",
                 .read = "exercises/11_tcp_client/tcp_client.h",
                 .ask = "Q47"}};
    Host ann = you.host("ann");
    you.run([&] { EXPECT_EQ("HELLO\nBYE\n", converse(ann, "hello\nbye")); });
    Peer server = ann.accepts();
    server.expects("hello\n");
    server.sends("HELLO\n");
    server.expects("bye\n");
    server.sends("BYE\n");
    server.expects_end();
    you.finishes();
}

TEST(Robust, TakesRepliesAsTheyCome)
{
    Learner you{{.rule = "a reply ends where its newline is, not where a recv() ends; and send() may take half a line.",
                 .why = "One reply may come in many pieces. What came behind the newline is the beginning of the next reply.",
                 .read = "man 7 tcp; RFC 9293 section 2.2",
                 .ask = "Q28, Q47"}};
    Host ann = you.host("ann");
    you.nth(Family::writing, 1).moves_at_most(1);
    you.nth(Family::writing, 2).fails(EINTR);
    you.nth(Family::reading, 2).fails(EINTR);
    you.run([&] { EXPECT_EQ("one\n<150000 bytes>\nthree\n", converse(ann, "a\nb\nc\n")); });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.dribbles("on");
    server.expects_silence();
    server.sends("e\n");
    server.expects("b\n");
    server.sends(much);
    server.expects_silence();
    server.sends("\nthree\n");
    server.expects("c\n");
    server.expects_end();
    you.finishes();
}

TEST(Robust, PrintsAnAnswerThatFillsItsBuffer)
{
    Learner you{
        {.rule = "a full buffer does not say that there is more: the line that is there is the answer.",
         .why = "An answer may be as long as your buffer by chance. Then the server waits for your next line, and you for it.",
         .read = "man 2 recv, RETURN VALUE",
         .ask = "Q33, Q47"}};
    Host ann = you.host("ann");
    constexpr std::size_t sizes[] = {512, 1024, 4096, 8192, 16384};
    std::string asked, answered;
    for (const std::size_t size : sizes) {
        asked += "a\n";
        answered += pattern(size - 1) + '\n';
    }
    you.run([&] { EXPECT_EQ(script::in_short(answered), converse(ann, asked)); });
    Peer server = ann.accepts();
    for (const std::size_t size : sizes) {
        server.expects("a\n");
        server.sends(pattern(size - 1) + '\n');
    }
    server.expects_end();
    you.finishes();
}

TEST(Robust, KeepsEveryByteOfALine)
{
    Learner you{{.rule = "a line is all that stands before the newline: a \"\\r\", a space, a zero or 0xff is a byte of it.",
                 .why = "This protocol ends a line with one byte. What others make of \"\\r\" is not its business.",
                 .read = "exercises/11_tcp_client/tcp_client.h",
                 .ask = "Q34, Q47"}};
    Host ann = you.host("ann");
    const std::string asked{" a\0b\xff \r\n \t\n\r\n1\r\n", 16}, answered{" A\0B\xff \r\n \t\n\n\r\n", 14};
    you.run([&] { EXPECT_EQ(answered, converse(ann, asked)); });
    Peer server = ann.accepts();
    server.expects({" a\0b\xff \r\n", 8});
    server.sends({" A\0B\xff \r\n", 8});
    server.expects(" \t\n");
    server.sends(" \t\n");
    server.expects("\r\n");
    server.sends("\n"); // an empty line is an answer
    server.expects("1\r\n");
    server.sends("\r\n");
    server.expects_end();
    you.finishes();
}

TEST(Hostile, NoticesThatTheServerLeft)
{
    Learner you{{.rule = "when the server leaves where an answer is due, the caller must learn it, and the process lives on.",
                 .why =
                     "recv() == 0 is no empty answer. After the server closed, the first send() succeeds and brings a reset; the "
                     "next one raises SIGPIPE unless it says MSG_NOSIGNAL.",
                 .read = "man 2 recv, RETURN VALUE; man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q33, Q61"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.every(Family::writing).moves_at_most(1);
    you.nth(Family::writing, 5).pauses(); // bob's "b", behind two bytes for ann, and "a" and its newline for bob
    you.run([&] {
        EXPECT_EQ("(and threw)", converse(ann, "a\n"));
        EXPECT_EQ("A\n(and threw)", converse(bob, "a\nb\nc\n"));
    });
    Peer first = ann.accepts();
    first.expects("a\n");
    first.closes();
    Peer second = bob.accepts();
    second.expects("a\n");
    second.sends("A\n");
    ASSERT_TRUE(you.paused()) << "you did not send the second line";
    second.closes();
    you.resume();
    you.finishes();
}

TEST(Hostile, PrintsNoHalfAnswer)
{
    Learner you{{.rule = "half a line at the end of the stream is no answer: it is not printed, and the caller learns it.",
                 .why = "The newline says that the answer is complete. The server left before it, and the rest is unknown.",
                 .read = "exercises/11_tcp_client/tcp_client.h; man 2 recv, RETURN VALUE",
                 .ask = "Q47, Q61"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.run([&] {
        EXPECT_EQ("ONE\n(and threw)", converse(ann, "one\ntwo\n"));
        EXPECT_EQ("THREE\n", converse(bob, "three\n")); // and nothing of ann's
    });
    Peer server = ann.accepts();
    server.expects("one\n");
    server.sends("ONE\nhalf an ans");
    server.expects("two\n");
    server.closes();
    Peer next = bob.accepts();
    next.expects("three\n");
    next.sends("THREE\n");
    next.expects_end();
    you.finishes();
}

TEST(Hostile, NeverWaitsForAServerThatWaitsForIt)
{
    Learner you{{.rule = "a line may be longer than all buffers: read the answer while you send it.",
                 .why = "Ann sends back what she reads, piece by piece, and bob answers before he has read anything. When all "
                        "buffers are full, each side waits for the other to read.",
                 .read = "man 2 send, DESCRIPTION and MSG_DONTWAIT; man 2 poll; RFC 9293 section 3.8.6",
                 .ask = "Q30, Q54, Q57"}};
    Host ann = you.host("ann", "127.0.0.1", narrow), bob = you.host("bob", "127.0.0.1", narrow);
    you.run([&] {
        EXPECT_EQ("<150000 bytes>\n", converse(ann, much));
        EXPECT_EQ("<150000 bytes>\nno\n", converse(bob, much + "\nmore\n"));
    });
    EXPECT_EQ(much.size() + 1, ann.accepts().echoes());
    Peer server = bob.accepts();
    server.sends(much);
    server.sends("\nno\n");    // to the line after it, too
    server.finishes_writing(); // and still reads
    server.expects_size(much.size());
    server.expects("\nmore\n");
    server.expects_end();
    you.finishes();
}

TEST(Hostile, GivesTheServerAllTheTimeThatItWants)
{
    Learner you{{.rule = "a server may read nothing for a day, and say nothing for another: here is no time limit.",
                 .why = "SO_RCVTIMEO and SO_SNDTIMEO end a call with EAGAIN, and a poll() gives 0: nothing has come yet, and no "
                        "more than that.",
                 .read = "exercises/11_tcp_client/tcp_client.h; man 7 socket, SO_RCVTIMEO and SO_SNDTIMEO",
                 .ask = "Q54, Q58"}};
    Host ann = you.host("ann", "127.0.0.1", narrow);
    you.run([&] { EXPECT_EQ("at last\n", converse(ann, much)); });
    Peer server = ann.accepts();
    you.time_passes(25h);
    server.expects_size(much.size());
    server.expects("\n");
    you.time_passes(25h);
    server.sends("at last\n");
    server.expects_end();
    you.finishes();
}
