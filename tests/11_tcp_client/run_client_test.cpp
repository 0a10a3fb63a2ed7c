// run_client(): the conversation, line by line.
#include "11_tcp_client/tcp_client.h"

#include "lab/lab.h"

#include <sstream>
#include <stdexcept>

using namespace lab;

namespace {

const std::string long_answer = pattern(400'000);

// run_client(), and what it printed.
std::string converse(const Host& server, const std::string& input)
{
    std::istringstream in{input};
    std::ostringstream out;
    try {
        kata::run_client(kata::parse_endpoint(server.address()), in, out);
    } catch (const std::runtime_error&) {
        out << "(and threw)";
    }
    return out.str();
}

} // namespace

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
    you.run(
        [&] { EXPECT_TRUE(converse(ann, "a\nb\nc\n") == "one\n" + long_answer + "\nthree\n") << "you printed something else"; });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.dribbles("on");
    server.expects_silence();
    server.sends("e\n");
    server.expects("b\n");
    server.sends(long_answer);
    server.expects_silence();
    server.sends("\nthree\n");
    server.expects("c\n");
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
