// The moment in which a wake-up can be lost: a thread has looked, and does not sleep yet. The test holds it there.
#include "serving.h"

#include "lab/script/at_wait.h"

using namespace serving;

TEST(Robust, HearsWhatComesBeforeItSleeps)
{
    for (const bool by_stop : {true, false}) { // else by a client who leaves
        Learner you{
            {.rule = "who waits for room hears of it, and of stop(), also when that comes just before he sleeps.",
             .why = "Between the look and the sleep a notification wakes nobody, and no other one comes. Only the lock closes "
                    "that gap: the wait gives it back when it sleeps, so whoever changes the state must have it, also where "
                    "that is one std::atomic.",
             .read = "man 3 pthread_cond_wait; C++ standard, [thread.condition]",
             .ask = "Q67, Q76"}};
        Peer owner = you.wire("the owner"), gate = you.wire("the gate");
        you.run([&you] {
            const AtWait stands_still{[&you] { asks(you.fd(1)); }};
            Server server{opens_listener(), echo, 1};
            server.start();
            asks(you.fd(0));
            stops(server, 0);
        });
        Peer ann = you.connect("ann"), bob = you.connect("bob");
        you.settles(); // the only place is taken
        if (by_stop)
            owner.sends(".");
        else
            ann.finishes_writing();
        you.settles();
        gate.sends(".");
        if (!by_stop) {
            ann.expects_end();
            is_served(bob);
            owner.sends(".");
        }
        you.finishes();
    }
}
