#include "14_code_review/code_review.h"

#include "lab/lab.h"

#include <stdexcept>
#include <vector>

using namespace lab;

namespace {

using Messages = std::vector<std::string>;

// Runs the server on the test's listener until the test shuts it down, and checks what it delivered and counted.
void serve(Learner& you, const Messages& expected, kata::ChatStats counts)
{
    const int door = you.listener();
    counts.messages = expected.size();
    you.run([=] {
        Messages came;
        const auto keep = [&](std::string_view message) { came.emplace_back(message); };
        const kata::ChatStats stats = kata::run_line_server(kata::UniqueFd{door}, keep);
        EXPECT_EQ(expected, came) << "the messages that your server passed on";
        EXPECT_EQ(counts.clients, stats.clients) << "the number of clients";
        EXPECT_EQ(counts.messages, stats.messages) << "the number of messages";
        EXPECT_EQ(counts.aborted, stats.aborted) << "the number of aborted clients";
    });
}

void stop(Learner& you)
{
    you.shuts_down_listener();
    you.finishes();
}

} // namespace

TEST(Works, DeliversEachLineAsAMessage)
{
    Learner you{
        {.rule = "a message is a line, not what one recv() gives; it is delivered when its newline has come.",
         .why = "S4: the stream has no borders. \"hello\" and \"1\" in one segment are \"hello1\" for who looks at chunks.",
         .read = "man 7 tcp, DESCRIPTION",
         .ask = "Q34, Q47, Q48"}};
    serve(you, {"hello", "你好", "", "good night"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\n你好\n\ngood ");
    ann.sends("night\r\n");
    ann.closes();
    stop(you);
}

TEST(Works, EndsWhenTheClientEnds)
{
    Learner you{
        {.rule = "recv() == 0 ends the client, with or without a goodbye; a last line without newline still counts.",
         .why =
             "S1: the post's loop takes the end for an empty message, again and again: 106 715 lines in a second, one core busy, "
             "and no other client is ever served.",
         .read = "man 2 recv, RETURN VALUE",
         .ask = "Q33, Q46"}};
    serve(you, {"hello", "bye"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\nbye");
    ann.finishes_writing();
    ann.expects_end();
    stop(you);
}

TEST(Works, EndsAClientAtTheLineOne)
{
    Learner you{{.rule = "the line \"1\" closes this client at once, is no message, and ends nothing but this client.",
                 .why = "S2: after close() the descriptor belongs to nobody, or to the next client. Leave the loop; let one "
                        "owner close once.",
                 .read = "man 2 close, \"Multithreaded processes\"",
                 .ask = "Q47, Q71, Q72"}};
    serve(you, {"hello", "I am bob"}, {.clients = 2});
    Peer ann = you.connect("ann");
    ann.sends("hello\n1\n");
    ann.expects_end();
    Peer bob = you.connect("bob");
    bob.sends("I am bob\n");
    bob.sends("1\n");
    bob.expects_end();
    stop(you);
    for (const CallRecord& call : you.calls())
        EXPECT_FALSE(call.returned && call.error == EBADF) << name_of(call.call) << " on a descriptor that was closed before";
}

TEST(Works, ReturnsWhenItsListenerIsShutDown)
{
    Learner you{{.rule = "a server needs a way to stop; this one returns when accept() says EINVAL.",
                 .why = "S7: the post's close stands behind an endless loop and is never reached.",
                 .read = "man 2 accept, ERRORS; man 2 shutdown",
                 .ask = "Q67, Q89"}};
    serve(you, {}, {});
    stop(you);
}

TEST(Robust, TakesOnlyTheWholeLineOneForTheCommand)
{
    Learner you{{.rule = "the command is the line \"1\": no part of a longer line, and nothing after it is read as messages.",
                 .why = "S4, S17: a command inside the data needs a border on both sides.",
                 .read = "source: RFC 9293 section 2.2, on the byte stream",
                 .ask = "Q47, Q49"}};
    serve(you, {"hello1", "11", " 1", "1 ", "01"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello1\n11\n 1\n1 \n01\n1\r\nnever read\n");
    ann.receives_all();
    stop(you);
}

TEST(Robust, JoinsCharactersThatWereCut)
{
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "中";
    Learner you{
        {.rule = "decode whole messages: a chunk may end in the middle of a character.",
         .why = "S5: 1024 is 341 times 3 plus 1. The post's server throws at the first long Chinese text, and its client hangs.",
         .read = "RFC 3629 section 3",
         .ask = "Q34, Q47"}};
    you.every(Family::reading).moves_at_most(7);
    serve(you, {text, "end"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends(text + "\nend\n");
    ann.closes();
    stop(you);
}

TEST(Robust, CarriesOnAfterPassingErrors)
{
    Learner you{
        {.rule = "signals, and connections that died before accept(), are no reason to stop or to forget bytes.",
         .why = "S3: one catch for everything hides which errors are fatal, which end a client, and which mean \"try again\".",
         .read = "man 2 accept, \"Error handling\"; man 7 signal",
         .ask = "Q22, Q88"}};
    you.nth(Family::accepting, 1).fails(ECONNABORTED);
    you.nth(Family::accepting, 2).fails(EINTR);
    you.nth(Family::reading, 2).fails(EINTR);
    serve(you, {"hello"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hel");
    ann.sends("lo\n");
    ann.closes();
    stop(you);
}

TEST(Robust, LetsTheCallersExceptionThrough)
{
    Learner you{{.rule = "an exception of on_message is the caller's: it passes through, and everything is closed on its way.",
                 .why = "S3: catch (...) around the whole loop swallows what the server was never asked to handle.",
                 .read = "the contract in code_review.h",
                 .ask = "Q110"}};
    const int door = you.listener();
    you.run([=] {
        const auto refuse = [](std::string_view) { throw std::domain_error{"enough"}; };
        EXPECT_THROW(kata::run_line_server(kata::UniqueFd{door}, refuse), std::domain_error);
    });
    Peer ann = you.connect("ann");
    ann.sends("hello\n");
    ann.expects_end();
    you.finishes();
}

TEST(Hostile, ServesTheNextAfterAReset)
{
    Learner you{{.rule = "a reset ends its client, and counts as aborted; half a line is no message.",
                 .why = "S3: ECONNRESET is this client's end. Close it, count it, accept the next.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    serve(you, {"hello", "I am bob"}, {.clients = 2, .aborted = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\nhal");
    ann.resets();
    Peer bob = you.connect("bob");
    bob.sends("I am bob\n");
    bob.closes();
    stop(you);
}

TEST(Hostile, ClosesAClientThatSpeaksNoUtf8)
{
    Learner you{
        {.rule = "bytes that are not UTF-8 end their client: close it, do not leave it waiting.",
         .why = "S3: the post's server leaves the loop without a close; the client hangs, and the socket stays open for ever.",
         .read = "RFC 3629 section 3; man 2 close",
         .ask = "Q46, Q50"}};
    serve(you, {"good"}, {.clients = 4, .aborted = 3});
    for (const char* bad : {"\xFF\n", "\xE4\xBD\n", "\xED\xA0\x80\n"}) {
        Peer ann = you.connect("ann");
        ann.sends(bad);
        ann.expects_end();
    }
    Peer bob = you.connect("bob");
    bob.sends("good\n");
    bob.closes();
    stop(you);
}

TEST(Hostile, ClosesAClientWhoseLineNeverEnds)
{
    Learner you{{.rule = "a line may have max_message bytes; a longer one ends its client before it fills the memory.",
                 .why = "Nothing in the post's server is bounded. One client is enough.",
                 .read = "the contract in code_review.h",
                 .ask = "Q50"}};
    serve(you, {std::string(kata::max_message, 'x'), "good"}, {.clients = 2, .aborted = 1});
    Peer ann = you.connect("ann");
    ann.sends(std::string(kata::max_message, 'x').append("\n"));
    ann.sends(std::string(3 * kata::max_message, 'x'));
    ann.receives_all(); // the end, or a reset: bytes of it may be unread
    Peer bob = you.connect("bob");
    bob.sends("good\n");
    bob.closes();
    stop(you);
}

TEST(Hostile, ServesInTheOrderOfTheQueue)
{
    Learner you{{.rule = "an iterative server serves one client at a time; those who wait lose nothing.",
                 .why = "S18: bob's bytes wait in the kernel while eve is silent. 27 and 28 cure this; here it is the contract.",
                 .read = "man 2 accept, DESCRIPTION; man 2 listen, NOTES",
                 .ask = "Q18, Q52"}};
    serve(you, {"I am bob"}, {.clients = 2});
    Peer eve = you.connect("eve");
    Peer bob = you.connect("bob");
    bob.sends("I am bob\n1\n");
    bob.expects_silence();
    eve.closes();
    bob.expects_end();
    stop(you);
}
