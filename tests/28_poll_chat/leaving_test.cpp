// How clients leave, and what the others notice of it: nothing.
#include "room.h"

using namespace room;

TEST(Robust, GoesOnTellingWhoHasEndedItsStream)
{
    Learner you{{.rule = "a client that ends its stream still hears. Its last line counts also without a \"\\n\".",
                 .why = "recv() == 0 is the end of one direction. Ask no more for POLLIN then: an end can be read for ever.",
                 .read = "man 2 shutdown; man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q40"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats(you);
    ann.sends("I say no mo");
    ann.sends("re");
    ann.finishes_writing();
    bob.expects("I say no more\n");
    bob.expects_silence();
    bob.sends("but you hear me\n");
    ann.expects("but you hear me\n");
    bob.sends("still\n");
    ann.expects("still\n");
    ends(you, owner);
}

TEST(Robust, LetsGoWhoIsGone)
{
    on_both_families([](std::string_view ip) {
        Learner you{
            {.rule = "when its connection is gone altogether, a client is let go, and the log has heard it, by its address.",
             .why = "The answer to a line that nobody reads is a RST: then poll() says POLLERR and POLLHUP, unasked.",
             .read = "man 2 poll, POLLERR and POLLHUP; man 2 send, EPIPE; man 2 accept, addrlen",
             .ask = "Q46, Q60, Q68"}};
        Peer owner = opens(you, ip), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
        chats(you, {"ann ended"});
        ann.closes();
        const int her = descriptor_of(you, 0);
        for (const char* line : {"is ann\n", "still there?\n"}) {
            bob.sends(line);
            carol.expects(line);
        }
        you.settles();
        EXPECT_FALSE(is_open(you, her)) << "her connection was reset, and her descriptor is still open";
        ends(you, owner);
    });
}

TEST(Robust, HearsOutWhoWasReset)
{
    Learner you{
        {.rule = "read before you believe POLLHUP: each line of a client before its reset goes to the others, half a line not.",
         .why = "Whoever closes with lines unread sends a RST, so a goodbye comes like this often. The bytes are still "
                "in the queue, and POLLIN comes with POLLHUP until recv() has the last of them.",
         .read = "man 2 poll, POLLHUP; RFC 9293 section 3.6.1",
         .ask = "Q38, Q68, Q74"}};
    Peer owner = opens(you), eve = comes(you, "eve"), bob = comes(you, "bob"), ann = comes(you, "ann"),
         carol = comes(you, "carol");
    chats(you, {"eve was lost", "ann was lost"}, {}, "eve");
    eve.resets();
    ASSERT_TRUE(you.paused()); // now all of this happens at once:
    const std::string last_words = lines(10, 4000) + "goodbye\n";
    ann.sends(last_words + "half a li");
    ann.resets();
    you.resume();
    for (Peer* client : {&carol, &bob}) {
        client->expects(last_words);
        client->expects_silence();
    }
    ends(you, owner);
}

TEST(Robust, HearsOutWhomItCannotTell)
{
    Learner you{{.rule = "also a client whose send() fails is heard out: what poll() has shown can still be read.",
                 .why = "Somebody else speaks in the same turn. Whoever is removed at once when send() fails takes a line that "
                        "had come with it.",
                 .read = "man 2 send, ECONNRESET and EPIPE; RFC 9293 section 3.6.1",
                 .ask = "Q38, Q61"}};
    Peer owner = opens(you), eve = comes(you, "eve"), bob = comes(you, "bob"), ann = comes(you, "ann"), dan = comes(you, "dan"),
         carol = comes(you, "carol");
    chats(you, {"eve was lost", "ann was lost"}, {}, "eve");
    eve.resets();
    ASSERT_TRUE(you.paused());
    bob.sends("1\n");
    dan.sends("2\n");
    ann.sends("3\n");
    ann.resets();
    you.resume();
    std::string heard = carol.receives(6);
    EXPECT_NE(std::string::npos, heard.find("3\n")) << "the line of ann, who was reset, came too late: " << heard;
    ends(you, owner);
}

TEST(Robust, HearsOutToTheLastLine)
{
    Learner you{{.rule = "also what comes between poll() and a send() that fails is heard, to the last line.",
                 .why = "ECONNRESET of send() is about what you say. What the client has said is in the queue, and POLLIN comes "
                        "for it in the next turn, until recv() has it all.",
                 .read = "man 2 send, ECONNRESET; man 2 poll, POLLHUP",
                 .ask = "Q38, Q61"}};
    Peer owner = opens(you), bob = comes(you, "bob"), ann = comes(you, "ann"), carol = comes(you, "carol");
    you.nth(Family::writing, 1).pauses();
    chats(you, {"ann was lost"});
    bob.sends("hello\n");
    ASSERT_TRUE(you.paused()); // to ann or to carol; to ann nothing can be sent after this:
    const std::string last_words = lines(10, 4000);
    ann.sends(last_words);
    ann.resets();
    you.resume();
    carol.expects("hello\n" + last_words);
    bob.expects(last_words);
    ends(you, owner);
}

TEST(Robust, LetsGoWhoseConnectionFails)
{
    constexpr struct {
        Family family;
        int error;
    } failures[] = {
        {Family::reading, ETIMEDOUT}, {Family::reading, EHOSTUNREACH}, {Family::reading, ENOMEM}, {Family::writing, ENOBUFS}};
    for (const auto& failure : failures) {
        Learner you{{.rule = "any other errno of recv() or send() costs that client its connection, at once: it was lost.",
                     .why =
                         "ETIMEDOUT says that the peer is gone, and it is said once: the next recv() gives 0, as if the client "
                         "had ended its stream, and its half line would go to the others. After ENOBUFS a line is missing.",
                     .read = "man 2 recv, ERRORS; man 2 send, ERRORS; man 7 tcp, ETIMEDOUT",
                     .ask = "Q38, Q60"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
        you.nth(failure.family, 1).fails(failure.error);
        chats(you, {failure.family == Family::reading ? "ann was lost" : "bob was lost"});
        ann.sends("hello\n");
        (failure.family == Family::reading ? ann : bob).expects_close();
        (failure.family == Family::reading ? bob : ann).expects_silence();
        ends(you, owner);
    }
}

TEST(Robust, GoesOnWhenSomebodyLeavesDuringABroadcast)
{
    for (const bool is_half_closed : {false, true}) {
        Learner you{{.rule = "somebody is gone when the line comes to it: all others hear that line, once.",
                     .why = "send() fails with ECONNRESET or EPIPE, and without MSG_NOSIGNAL EPIPE kills the process. Whoever "
                            "removes a client from a table in the middle of a loop over it skips the next one.",
                     .read = "man 2 send, MSG_NOSIGNAL; man 7 signal, SIGPIPE",
                     .ask = "Q31, Q72"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol"),
             dan = comes(you, "dan"), eve = comes(you, "eve");
        you.nth(Family::writing, 1).pauses();
        chats(you, is_half_closed ? Story{"bob ended", "dan ended"} : Story{"bob was lost", "dan was lost"});
        for (Peer* client : {&bob, &dan})
            if (is_half_closed)
                client->finishes_writing();
        ann.sends("who is there?\n");
        ASSERT_TRUE(you.paused());
        bob.resets();
        dan.resets();
        you.resume();
        for (Peer* client : {&carol, &eve}) {
            client->expects("who is there?\n");
            client->expects_silence();
        }
        talk(eve, ann);
        carol.expects("are you there?\nyes\n");
        ends(you, owner);
    }
}

TEST(Robust, ForgetsWhatWaitedForTheDead)
{
    Learner you{{.rule = "a client with lines in its queue may be reset, too: its queue dies with it.",
                 .why = "A slow client often ends like this. POLLERR comes also where only POLLOUT was asked for.",
                 .read = "man 2 poll, POLLERR",
                 .ask = "Q68, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats_narrowly(you, {"a late one ended"}, {.max_queue = 1 << 20});
    Peer eve = you.connect("eve", reads_little);
    eve.finishes_writing();
    const std::string line = pattern(4000) + '\n';
    for (int i = 0; i < 10; ++i) {
        ann.sends(line);
        bob.expects(line);
    }
    eve.resets();
    talk(ann, bob);
    ends(you, owner);
}

TEST(Hostile, SurvivesThoseWhoComeAndGo)
{
    Learner you{{.rule = "a client that resets before it was accepted, or right after, is a client like any other.",
                 .why = "On Linux accept() still hands it over; then its first recv() fails. getpeername() says ENOTCONN.",
                 .read = "man 2 accept, \"Error handling\"",
                 .ask = "Q22"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    Story story(3, "a late one ended");
    for (Peer& passer : come(you, 20, "passer")) {
        story.push_back(passer.name() + " was lost");
        passer.resets();
    }
    chats(you, story);
    talk(ann, bob);
    for (int i = 0; i < 3; ++i)
        you.connect("a late one").closes();
    talk(ann, bob);
    talk(ann, bob);
    you.settles();
    EXPECT_EQ(2u, open_clients(you)) << "connections are open: those of ann and bob";
    ends(you, owner);
}
