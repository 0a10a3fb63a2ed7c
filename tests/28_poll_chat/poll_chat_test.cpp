#include "room.h"

#include "01_socket/socket.h"

#include <fcntl.h>
#include <unistd.h>

using namespace room;

TEST(Works, PassesALineOn)
{
    Learner you{{.rule = "what one client says, all others hear. It does not hear itself.",
                 .why = "A line goes to every client in the table but its sender, and to nobody twice.",
                 .read = "man 2 poll, DESCRIPTION",
                 .ask = "Q53, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
    chats(you);
    ann.sends("hello\n");
    bob.expects("hello\n");
    carol.expects("hello\n");
    ann.expects_silence();
    carol.sends("hello, ann\n");
    ann.expects("hello, ann\n");
    bob.expects("hello, ann\n");
    for (Peer* client : {&ann, &bob, &carol})
        client->expects_silence();
    ends(you, owner);
}

TEST(Works, LetsSomebodyInLater)
{
    Learner you{{.rule = "clients come at any time, and hear what is said from then on.",
                 .why = "The listener is one more descriptor in the table of poll().",
                 .read = "man 2 poll, DESCRIPTION; man 2 accept, DESCRIPTION",
                 .ask = "Q53"}};
    Peer owner = opens(you), ann = comes(you, "ann");
    chats(you);
    ann.sends("is somebody there?\n");
    Peer bob = you.connect("bob");
    bob.sends("I am\n");
    ann.expects("I am\n");
    Peer carol = you.connect("carol");
    ann.sends("welcome\n");
    bob.expects("welcome\n");
    carol.expects("welcome\n");
    ends(you, owner);
}

TEST(Works, CutsTheStreamIntoLines)
{
    Learner you{{.rule = "a line goes on when its \"\\n\" has come, unchanged; half a line waits for its other half.",
                 .why = "TCP has no messages. One segment may hold three lines, and one line may come in three.",
                 .read = "man 7 tcp, DESCRIPTION; RFC 9293 section 2.2",
                 .ask = "Q34, Q47, Q48"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats(you);
    ann.sends("hel");
    bob.expects_silence();
    ann.sends("lo\none\r\n\ntwo");
    bob.expects("hello\none\r\n\n");
    bob.expects_silence();
    ann.dribbles(std::string_view{" \0\xff and a half\n", 14});
    ann.sends("\n");
    bob.expects(std::string_view{"two \0\xff and a half\n", 17});
    ends(you, owner);
}

TEST(Works, EndsWhenItIsTold)
{
    Learner you{{.rule = "when stop_fd can be read, chat_server() closes its clients, and returns. The listener stays open.",
                 .why = "A descriptor in the table wakes poll() at once, from a signal (signalfd) or another thread (eventfd).",
                 .read = "man 2 signalfd; man 2 eventfd",
                 .ask = "Q87, Q89"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    you.run([] {
        Log log;
        serves({}, log);
        expects_open(listener, "after chat_server()");
        expects_open(stop, "after chat_server()");
        expects_story(log, {});
        expects_to_hear(stop, "stop");
    });
    talk(ann, bob);
    ann.sends("half a li");
    owner.sends("stop");
    bob.expects_end();
    ann.expects_close();
    you.finishes();
}

TEST(Robust, EndsWithItsOwner)
{
    constexpr Lesson lesson{.rule = "the end of stop_fd is a word, too: whoever should stop the server is gone.",
                            .why = "At the end of a stream poll() says POLLIN, and for a pipe POLLHUP only. Any event will do.",
                            .read = "man 2 poll, POLLHUP",
                            .ask = "Q68, Q74"};
    Learner you{lesson};
    Peer owner = opens(you), ann = comes(you, "ann");
    chats(you);
    owner.closes();
    ann.expects_end();
    you.finishes();
    Learner you_again{lesson};
    Peer other_owner = opens(you_again);
    you_again.run([] {
        int ends[2];
        EXPECT_EQ(0, ::pipe2(ends, O_CLOEXEC));
        ::close(ends[1]);
        const kata::UniqueFd dead{ends[0]};
        Log log;
        calls("chat_server", [&] { kata::chat_server(listener, dead.get(), {}, log); });
    });
    you_again.finishes();
}

TEST(Robust, TakesDescriptor0)
{
    for (const bool is_the_end : {true, false}) {
        Learner you{
            {.rule = "0 is a descriptor like any other: for a client, and for the end.",
             .why = "accept() gives the lowest free number: without standard input, as daemons are, that is 0. And a program may "
                    "want to end when its standard input does. Only a negative number tells poll() to look away.",
             .read = "man 2 poll, DESCRIPTION; man 2 accept, RETURN VALUE",
             .ask = "Q8"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
        you.run([=] {
            Log log;
            ::close(0);
            if (is_the_end)
                ::dup2(stop, 0);
            calls("chat_server", [&] { kata::chat_server(listener, is_the_end ? 0 : stop, {}, log); });
            if (is_the_end)
                ::close(0);
        });
        talk(ann, bob);
        ends(you, owner);
    }
}

TEST(Robust, NeverMixesHalfLines)
{
    Learner you{{.rule = "each client has a buffer of its own: half a line of one is not finished by another.",
                 .why = "With one buffer for all, the pieces go together in the order in which they came.",
                 .read = "RFC 9293 section 2.2",
                 .ask = "Q47, Q76"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
    chats(you);
    ann.sends("I like ");
    bob.sends("I hate ");
    carol.expects_silence();
    ann.sends("tea\nand");
    bob.sends("rain\n");
    carol.expects("I like tea\nI hate rain\n");
    ann.expects("I hate rain\n");
    bob.expects("I like tea\n");
    ann.sends(" milk\n");
    carol.expects("and milk\n");
    bob.expects("and milk\n");
    ends(you, owner);
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "send() may take a part of it. The rest waits, and goes before whatever comes later.",
                 .why = "A socket that does not block takes what there is room for. The count is the only sign.",
                 .read = "man 2 send; man 2 write, RETURN VALUE",
                 .ask = "Q29, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
    you.every(Family::writing).moves_at_most(3);
    chats(you);
    ann.sends("a long story\nand its end\n");
    carol.sends("indeed\n");
    bob.expects("a long story\nand its end\nindeed\n");
    ends(you, owner);
}

TEST(Robust, IsNotEndedByASignal)
{
    Learner you{{.rule = "a signal interrupts poll(): that is no event, no error, and no reason to look at the table.",
                 .why = "After EINTR nothing was written into revents. poll() is never restarted, with or without SA_RESTART.",
                 .read = "man 2 poll, EINTR; man 7 signal",
                 .ask = "Q88"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats(you);
    talk(ann, bob);
    ASSERT_TRUE(you.interrupts(Family::waiting));
    talk(ann, bob);
    ASSERT_TRUE(you.interrupts(Family::waiting));
    ends(you, owner);
}

TEST(Robust, SleepsWhileNothingHappens)
{
    Learner you{{.rule = "no event, no work: poll() without a limit, and POLLOUT only while something waits for a client.",
                 .why = "Nearly every idle socket can be written to: a loop that always asks for POLLOUT never sleeps.",
                 .read = "man 2 poll, POLLOUT and timeout",
                 .ask = "Q77"},
                {.own_time = std::chrono::hours{2}}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
    chats(you);
    you.time_passes(std::chrono::hours{1});
    for (int i = 0; i < 10; ++i) {
        ann.sends("hello\n");
        bob.expects("hello\n");
        carol.expects("hello\n");
    }
    EXPECT_EQ(0, you.waits_in_vain()) << "poll() came back because of its limit, and nothing had happened";
    const int waits = you.count(Family::waiting);
    EXPECT_LE(waits, 30) << "for three joins and ten lines poll() was called " << waits << " times";
    ends(you, owner);
}
