#include "line_server.h"

using namespace line_server;

TEST(Works, EndsWhenTheClientEnds)
{
    Learner you{
        {.rule = "recv() == 0 is the end of the client's stream: close it, and take the next client.",
         .why = "The post's loop takes the end for an empty message, again and again: 106 715 lines in a second, one core busy, "
                "and no other client is ever served.",
         .read = "man 2 recv, RETURN VALUE",
         .ask = "Q33, Q46"}};
    const int door = you.listener();
    you.run([=] { kata::run_line_server(kata::UniqueFd{door}, [](std::string_view) {}); });
    for (const char* name : {"ann", "bob"}) {
        Peer client = you.connect(name);
        client.finishes_writing();
        client.expects_end();
    }
    you.keeps_serving();
}

TEST(Works, ReturnsWhenItsListenerIsShutDown)
{
    Learner you{{.rule = "a server needs a way to stop; this one returns when accept() says EINVAL.",
                 .why = "The post's close stands behind an endless loop and is never reached.",
                 .read = "man 2 accept, ERRORS; man 2 shutdown",
                 .ask = "Q67, Q89"}};
    serve(you, {}, {});
    stop(you);
}

TEST(Works, DeliversEachLineAsAMessage)
{
    Learner you{{.rule = "a message is a line, not what one recv() gives; it is delivered when its newline has come.",
                 .why = "The stream has no borders. \"hello\" and \"1\" in one segment are \"hello1\" for who looks at chunks.",
                 .read = "man 7 tcp, DESCRIPTION",
                 .ask = "Q34, Q47, Q48"}};
    serve(you, {"hello", "你好", "", "good night"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\n你好\n\ngood ");
    ann.sends("night\r\n");
    ann.closes();
    stop(you);
}

TEST(Works, DeliversTheLastLineWithoutItsNewline)
{
    Learner you{{.rule = "a last line counts without its newline, too: the end of the stream ends it.",
                 .why = "What has come and was not passed on yet is still in your buffer when recv() gives 0.",
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
                 .why = "After close() the descriptor belongs to nobody, or to the next client. Leave the loop; let one "
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

TEST(Works, DeliversALineAsSoonAsItIsComplete)
{
    Learner you{{.rule = "a message is passed on when it is complete, not when its client has ended.",
                 .why = "A client waits for what its message does before it says the next one.",
                 .read = "the contract in code_review.h",
                 .ask = "Q47"}};
    const int door = you.listener();
    you.run([=] {
        const auto waits = [](std::string_view) { wait_for_the_test(); };
        kata::run_line_server(kata::UniqueFd{door}, waits);
    });
    Peer ann = you.connect("ann");
    ann.sends("hello\nand mo");
    ASSERT_TRUE(you.paused()) << "ann's first line was not passed on";
    you.resume();
    ann.closes();
    stop(you);
}

TEST(Robust, ReturnsOnceTheClientOfTheMomentHasEnded)
{
    Learner you{{.rule = "a listener that is shut down while a client is served ends the server after that client.",
                 .why = "shutdown() wakes nobody who sleeps in recv(). The next accept() says EINVAL.",
                 .read = "man 2 accept, ERRORS; man 2 shutdown",
                 .ask = "Q67, Q89"}};
    const int door = you.listener();
    you.run([=] { kata::run_line_server(kata::UniqueFd{door}, [](std::string_view) {}); });
    Peer ann = you.connect("ann");
    ann.sends("hello\n");
    you.shuts_down_listener();
    ann.closes();
    you.finishes();
}

TEST(Robust, TakesOnlyTheWholeLineOneForTheCommand)
{
    using namespace std::string_literals;
    Learner you{{.rule = "the command is the line \"1\": no part of a longer line, and nothing after it is read as messages.",
                 .why = "A command inside the data needs a border on both sides. A zero byte is none, but strcmp() stops there.",
                 .read = "source: RFC 9293 section 2.2, on the byte stream",
                 .ask = "Q47, Q49"}};
    serve(you,
          {"\xEF\xBB\xBF"
           "1",
           "hello1", "11", " 1", "1 ", "01", "1\0"s, "1\0 more"s},
          {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("\xEF\xBB\xBF"
              "1\nhello1\n11\n 1\n1 \n01\n1\0\n1\0 more\n1\r\nnever read\n"s); // a byte order mark is no border
    ann.receives_all();
    stop(you);
}

TEST(Robust, TakesALastLineOneForTheCommandToo)
{
    Learner you{{.rule = "a last line \"1\" without its newline is the line \"1\" all the same.",
                 .why = "There is one place where a line is complete, and one where it is looked at.",
                 .read = "the contract in code_review.h",
                 .ask = "Q47"}};
    serve(you, {"hello"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\n1");
    ann.finishes_writing();
    ann.expects_end();
    stop(you);
}

TEST(Robust, JoinsCharactersThatWereCut)
{
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += "中";
    Learner you{
        {.rule = "decode whole messages: a chunk may end in the middle of a character.",
         .why = "1024 is 341 times 3 plus 1. The post's server throws at the first long Chinese text, and its client hangs.",
         .read = "RFC 3629 section 3",
         .ask = "Q34, Q47"}};
    you.every(Family::reading).moves_at_most(7);
    serve(you, {text, "end"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends(text + "\nend\n");
    ann.closes();
    stop(you);
}

TEST(Robust, KeepsEveryByteOfALine)
{
    using namespace std::string_literals;
    Learner you{{.rule = "only \"\\n\" or \"\\r\\n\" ends a line; every other byte of it is part of the message, a zero too.",
                 .why = "std::string and std::string_view know their size. strlen() does not.",
                 .read = "the contract in code_review.h",
                 .ask = "Q34, Q48"}};
    serve(you, {"a\0b"s, "one\rtwo", "tail\r", "\t x ", "1\r"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("a\0b\none\rtwo\ntail\r\r\n\t x \n1\r"s); // no "\n" comes behind the last "\r"
    ann.closes();
    stop(you);
}

TEST(Robust, CarriesOnAfterPassingErrors)
{
    Learner you{
        {.rule = "signals, and connections that died before accept(), are no reason to stop or to forget bytes.",
         .why = "One catch for everything hides which errors are fatal, which end a client, and which mean \"try again\".",
         .read = "man 2 accept, \"Error handling\"; man 7 signal",
         .ask = "Q22, Q88"}};
    std::uint32_t nth = 0;
    for (const int error : {ECONNABORTED, EINTR, EPROTO, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, ENOPROTOOPT})
        you.nth(Family::accepting, ++nth).fails(error);
    for (const std::uint32_t again : {2u, 3u, 4u})
        you.nth(Family::reading, again).fails(EINTR);
    serve(you, {"hello"}, {.clients = 1});
    Peer ann = you.connect("ann");
    ann.sends("hel");
    ann.sends("lo\n");
    ann.closes();
    stop(you);
}
