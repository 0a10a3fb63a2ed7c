// A server with real clients.
#include "server.h"

using namespace idle;

TEST(Works, ServesTheBusyAndClosesTheSilent)
{
    Learner you{{.rule = "a silent client is closed when its limit is over; one that talks is served as long as it likes.",
                 .why = "The loop watches the timer beside its sockets, and closes whom expire() names.",
                 .read = "man 2 timerfd_create; man 2 poll",
                 .ask = "Q56, Q58"},
                hours};
    you.listener();
    you.run([&] { Server{you.fd(), head_60s}.serves(2); });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    ann.sends("hello\n");
    ann.expects("hello\n");
    you.time_passes(20s);
    ann.sends("still here");
    ann.expects("still here");
    bob.expects_silence();
    bob.expects_close(); // 10 s later
    ann.sends("and now");
    ann.expects("and now");
    ann.closes();
    you.finishes();
    expects(you.took() == 30s, "bob is closed after 30000 ms", std::to_string(you.took().count()) + " ms");
}

TEST(Hostile, ADribblerMeetsTheLimitOfTheHead)
{
    Learner you{{.rule = "whoever sends one byte of his head now and then is closed at the limit for the head.",
                 .why = "This is Slowloris: never idle, never done. Each byte begins the idle limit again, and only that one.",
                 .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q56"},
                hours};
    you.listener();
    you.run([&] { Server{you.fd(), head_60s}.serves(2); });
    Peer ann = you.connect("ann"), eve = you.connect("eve");
    ann.sends("hello\n");
    ann.expects("hello\n");
    for (int i = 0; i < 5; ++i) {
        you.time_passes(11s);
        eve.sends("x");
        eve.expects("x");
        ann.sends("hello");
        ann.expects("hello");
    }
    eve.expects_close(); // 5 s later
    ann.sends("goodbye");
    ann.expects("goodbye");
    ann.closes();
    you.finishes();
    expects(you.took() == 60s, "eve is closed after 60000 ms", std::to_string(you.took().count()) + " ms");
}

TEST(Hostile, TheNextClientHasTheSameDescriptor)
{
    Learner you{{.rule = "the next client has the descriptor of the one who left, and all of its own time.",
                 .why =
                     "The number was free for a moment, and the kernel gives the lowest. Limits belong to a connection, not to "
                     "a number.",
                 .read = "man 2 open, DESCRIPTION; man 7 epoll, \"Possible pitfalls and ways to avoid them\"",
                 .ask = "Q72"},
                hours};
    you.listener();
    you.run([&] { Server{you.fd(), head_60s}.serves(2); });
    {
        Peer bob = you.connect("bob");
        bob.sends("hello");
        bob.expects("hello");
        you.time_passes(20s);
        bob.closes();
        you.settles();
    }
    Peer cleo = you.connect("cleo");
    you.time_passes(29s);
    cleo.expects_silence();
    cleo.expects_close(); // 1 s later
    you.finishes();
    expects(you.took() == 50s, "cleo is closed 30000 ms after she came",
            std::to_string(you.took().count() - 20'000) + " ms after she came");
}
