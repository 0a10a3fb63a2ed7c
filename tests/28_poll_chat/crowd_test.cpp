// Many at once, one who says very much, and no descriptor for the next one.
#include "room.h"

#include <csignal>

using namespace room;

TEST(Hostile, LetsAHundredInAtOnce)
{
    constexpr int crowd = 100;
    Learner you{{.rule = "a hundred clients come in one moment: each is let in, and each hears the next line.",
                 .why = "A table that grows moves its elements: references into it, and indices of poll(), are then of no use.",
                 .read = "man 2 accept, NOTES; C++ standard, [vector.capacity]",
                 .ask = "Q72, Q119"},
                {.deadline = 6000ms, .descriptors = crowd + 16}};
    Peer owner = opens(you), ann = comes(you, "ann");
    std::vector<Peer> others = come(you, crowd, "guest");
    chats(you);
    ann.sends("is everybody here?\n");
    for (Peer& other : others)
        other.expects("is everybody here?\n");
    others.back().sends("all here\n");
    ann.expects("all here\n");
    for (Peer& other : others)
        if (&other != &others.back())
            other.expects("all here\n");
    ends(you, owner);
}

TEST(Hostile, HearsTheSmallBesideTheLoud)
{
    for (const long at_once : {120'000, 10'000}) {
        Learner you{
            {.rule = "64 KiB of one client, then it is the others' turn, whichever place they have in the table.",
             .why = "Whoever reads a client until EAGAIN may never come to the next one: a flood refills the socket. And who "
                    "asks after each recv() whether it is too much, not before, reads more: a recv() is not always full.",
             .read = "man 7 epoll, \"Possible pitfalls\": starvation is the same with poll(); man 2 recv",
             .ask = "Q85"}};
        Peer owner = opens(you), first = comes(you, "ann"), eve = comes(you, "eve"), mallory = comes(you, "mallory"),
             last = comes(you, "zoe"), bob = comes(you, "bob");
        you.every(Family::reading).moves_at_most(at_once);
        chats(you, {"eve was lost"}, {.max_queue = 1 << 20}, "eve");
        eve.resets();
        ASSERT_TRUE(you.paused()); // now all of this comes at once:
        std::string flood;
        while (flood.size() < 120'000)
            flood += "buy my books, they are cheap and many\n";
        mallory.sends(flood);
        first.sends("ann: what a noise\n");
        last.sends("zoe: indeed\n");
        you.resume();
        const std::string heard = bob.receives(flood.size() + 18 + 12);
        for (const char* word : {"ann: ", "zoe: "})
            EXPECT_LE(heard.find(word), 65536u) << "bytes of mallory went before the one line of " << word;
        EXPECT_EQ(flood.size() + 18 + 12, heard.size());
        ends(you, owner);
    }
}

TEST(Robust, RestsWhileDescriptorsAreShort)
{
    for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM}) {
        Learner you{
            {.rule = "a shortage: a new client keeps its place, and is tried again after at most 100 ms. Who has ended goes.",
             .why = "It stays in the queue, so the listener can be read all the time: a busy loop, unless poll() is "
                    "not asked about it for a moment.",
             .read = "man 2 accept, EMFILE; man 2 poll, timeout",
             .ask = "Q21"}};
        Peer owner = opens(you), ann = comes(you, "ann"), eve = comes(you, "eve");
        chats(you, {"eve ended"}); // there is no need to keep her
        eve.finishes_writing();
        you.settles();
        you.first(Family::accepting, 3).fails(error);
        Peer bob = you.connect("bob");
        you.time_passes(300ms);
        EXPECT_GE(descriptor_of(you, 2), 0) << "bob was not let in, 300 ms after the first of three shortages";
        eve.expects_end();
        talk(ann, bob);
        ends(you, owner);
    }
}

TEST(Robust, SignalsPostponeNoClient)
{
    Learner you{{.rule = "who could not be let in is tried again after at most 100 ms, whatever signals come meanwhile.",
                 .why = "A pause that each signal begins anew never ends where signals come more often than it is long.",
                 .read = "man 2 poll, EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q21, Q29"}};
    Peer owner = opens(you), ann = comes(you, "ann");
    chats(you);
    you.settles();
    you.first(Family::accepting, 1).fails(EMFILE);
    Peer bob = you.connect("bob");
    for (int i = 0; i < 15; ++i) {
        you.gets_signal(SIGUSR1);
        you.time_passes(8ms);
    }
    EXPECT_GE(descriptor_of(you, 1), 0) << "bob was not let in, 120 ms after the shortage, with a signal each 8 ms";
    talk(ann, bob);
    ends(you, owner);
}

TEST(Robust, ServesTheOthersDuringAShortage)
{
    Learner you{{.rule = "while nobody can be let in, those who are in go on, and the end is heard.",
                 .why = "The pause is the time limit of poll(), which still waits for everybody else. A sleep stops all of them.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q21, Q75"},
                {.descriptors = 9}}; // for four of them; two where the server has descriptors of its own
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    std::vector<Peer> others = come(you, 3, "guest");
    chats(you);
    you.time_passes(1s);
    const int tries = you.count(Family::accepting);
    EXPECT_TRUE(tries >= 10 && tries <= 1010) << "it was tried " << tries << " times in a second: each 1 to 100 ms would be fine";
    for (int i = 0; i < 3; ++i) { // an act of the test takes no time: who sleeps does not wake up by itself
        const std::size_t before = you.bytes_taken();
        ann.sends("hello\n");
        you.settles();
        EXPECT_EQ(before + 6, you.bytes_taken()) << "bytes were read when ann had spoken: the server slept";
        bob.expects("hello\n");
    }
    const int before = you.count(Family::accepting);
    for (int i = 0; i < 10; ++i) {
        you.time_passes(40ms);
        ann.sends("hello\n");
        bob.expects("hello\n");
    }
    EXPECT_GE(you.count(Family::accepting) - before, 3) << "tries in 400 ms in which ann spoke every 40 ms";
    others.back().expects_silence();
    ends(you, owner);
}

TEST(Robust, GoesOnWhenAConnectionDiesInTheQueue)
{
    constexpr int passing[] = {ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH};
    Learner you{{.rule = "an errno of accept() may be that of one connection which died in the queue: the next one is there.",
                 .why = "Linux hands over network errors that are pending on the new socket. They are no reason to end the chat.",
                 .read = "man 2 accept, \"Error handling\"",
                 .ask = "Q20"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    for (std::uint32_t n = 1; const int error : passing)
        you.nth(Family::accepting, n++).fails(error);
    chats(you);
    you.time_passes(1s); // a pause now and then is no harm
    talk(ann, bob);
    ends(you, owner);
}

TEST(Hostile, MakesRoomForTheLiving)
{
    Learner you{{.rule = "no descriptor left: those who have ended their streams are let go, and the next client is let in.",
                 .why = "A client that has closed looks like one that still hears, until somebody speaks. A port scan, or the "
                        "health check of a load balancer, would fill the table.",
                 .read = "man 2 accept, EMFILE; man 2 getrlimit, RLIMIT_NOFILE",
                 .ask = "Q21, Q46, Q60"},
                {.descriptors = 10}};
    Peer owner = opens(you), ann = comes(you, "ann");
    Story story;
    for (Peer& probe : come(you, 8, "probe")) {
        story.push_back(probe.name() + " ended");
        probe.closes();
    }
    Peer bob = comes(you, "bob");
    chats(you, story);
    you.time_passes(300ms);
    bob.sends("made it\n");
    ann.expects("made it\n");
    talk(ann, bob);
    ends(you, owner);
}

TEST(Robust, EndsWhenNobodyCanComeAnyMore)
{
    for (const int error : {EINVAL, EPERM, EACCES}) {
        Learner you{{.rule = "a listener that is none any more, or that nobody may use, is the end: throw its errno, with all "
                             "clients closed.",
                     .why =
                         "After shutdown(2) poll() says at once that it can be read, and accept() says EINVAL, for ever; and a "
                         "rule of this machine (EPERM, EACCES) holds for the next call, too. Neither is a shortage.",
                     .read = "man 2 accept, EINVAL and EPERM",
                     .ask = "Q67, Q68"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), eve = comes(you, "eve");
        you.run([error] {
            Log log;
            expects_error(error, [&] { serves({}, log); });
            expects_story(log, {});
            expects_open(listener, "after chat_server() threw");
        });
        talk(ann, bob);
        eve.finishes_writing(); // she is none of those who may be let go
        you.settles();
        std::vector<Peer> late;
        if (error == EINVAL) {
            you.shuts_down_listener();
        } else {
            you.first(Family::accepting, 3).fails(error);
            late.push_back(you.connect("dan"));
        }
        ann.expects_end();
        bob.expects_end();
        you.finishes();
    }
}
