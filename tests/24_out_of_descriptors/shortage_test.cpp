// When shedding does not help, and when the reserve is lost.
#include "door.h"

using namespace door;

namespace {

int tries(const Learner& you) { return you.count(Family::accepting); }

} // namespace

TEST(Robust, KeepsWhoCanWait)
{
    for (const int error : {ENOBUFS, ENOMEM}) {
        Learner you{{.rule = "short of memory: the client keeps its place, and is served a moment later.",
                     .why = "A descriptor that is given back is no memory. To shed a client would cost it its connection for "
                            "nothing.",
                     .read = "man 2 accept, ENOBUFS and ENOMEM",
                     .ask = "Q21"},
                    {.own_time = 60s}};
        you.listener(16, true);
        Peer ann = you.connect("ann");
        you.first(Family::accepting, 11).fails(error);
        you.run([&] {
            kata::Acceptor acceptor{you.fd()};
            const Client client = takes_one(acceptor, -1);
        });
        ann.expects("welcome");
        you.finishes();
        EXPECT_TRUE(you.took() >= 11ms && you.took() <= 1100ms)
            << "11 pauses of 1 to 100 ms each, and it took " << you.took().count() << " ms";
    }
}

TEST(Robust, SleepsThroughAShortage)
{
    Learner you{
        {.rule = "while nothing helps: rest for 1 to 100 ms, try again, and stop when the time is over, to the millisecond.",
         .why = "The listener stays readable, so poll() returns at once. And who tries only at the end comes too late.",
         .read = "man 2 accept, ENOMEM; man 2 poll",
         .ask = "Q21, Q58"},
        few};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.every(Family::accepting).fails(ENOMEM);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        expects_time(990ms, [&] { takes_nobody(acceptor, 990); });
        expects_time(1ms, [&] { takes_nobody(acceptor, 1); });
        expects_time(0ms, [&] { takes_nobody(acceptor, 0); });
    });
    ann.expects_silence();
    you.finishes();
    EXPECT_TRUE(tries(you) >= 12 && tries(you) <= 1000)
        << "you tried " << tries(you) << " times: a try each 1 to 100 ms is 12 to 1000 of them";
}

TEST(Robust, SleepsWhenSheddingFails)
{
    Learner you{{.rule = "no descriptor, although the reserve was given up: another thread was faster. Sleep, and try again.",
                 .why = "The client keeps its place. Who tries again at once spins for as long as the other thread wins.",
                 .read = "man 2 accept, EMFILE",
                 .ask = "Q21, Q76"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const NoDescriptorAtAll another_thread;
        expects_time(990ms, [&] { takes_nobody(acceptor, 990); });
        expects_time(990ms, [&] { takes_nobody(acceptor, 990); });
        expects_time(0ms, [&] { takes_nobody(acceptor, 0); });
    });
    ann.expects_silence();
    you.finishes();
    EXPECT_TRUE(tries(you) >= 21 && tries(you) <= 4000) << "you tried " << tries(you) << " times in 1980 ms";
}

TEST(Robust, ShedsAMomentLater)
{
    for (const int error : {ENOBUFS, ENOMEM, ENFILE}) {
        Learner you{
            {.rule = "no memory, or no open file, for the client to be shed: it keeps its place, and is shed a moment later.",
             .why = "The second accept() can fail like the first one. What passes is no reason to throw there, either.",
             .read = "man 2 accept, ENOBUFS, ENOMEM and ENFILE",
             .ask = "Q21"},
            few};
        you.listener(16, true);
        Peer ann = you.connect("ann");
        you.nth(Family::accepting, 2).fails(error); // the first one finds the table full
        you.run([&] {
            kata::Acceptor acceptor{you.fd()};
            const std::vector<kata::UniqueFd> all = all_descriptors();
            sheds_one(acceptor);
        });
        ann.expects_close();
        you.finishes();
    }
}

TEST(Robust, TakesALostReserveBackFirst)
{
    Learner you{{.rule = "a reserve that was lost is taken again before the next client is accepted.",
                 .why = "Who gives the only free descriptor to a client has none for the next shortage, and is stuck in it.",
                 .read = "man 2 open, EMFILE",
                 .ask = "Q21, Q76"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        std::vector<kata::UniqueFd> all = all_descriptors();
        {
            const NoDescriptorAtAll another_thread;
            takes_nobody(acceptor, 0);
        }
        for (kata::UniqueFd& fd : all_descriptors()) // and the other thread keeps what it took
            all.push_back(std::move(fd));
        takes_nobody(acceptor, 200);
        all.pop_back(); // one is free: the reserve's
        sheds_one(acceptor);
        sheds_one(acceptor);
        all.pop_back();
        const Client client = takes_one(acceptor);
    });
    ann.expects_close();
    bob.expects_close();
    eve.expects("welcome");
    you.finishes();
}

TEST(Robust, CountsOnlyWhomItShed)
{
    Learner you{
        {.rule = "a client who was gone when you had a descriptor for it was not shed: wait on, for what is left.",
         .why = "accept() looks for a descriptor first. So EMFILE does not say that somebody waits; EAGAIN says the rest.",
         .read = "man 2 accept, EAGAIN and NOTES",
         .ask = "Q21, Q22"},
        strict};
    you.listener(16, true);
    you.nth(Family::accepting, 1).fails(EMFILE);
    you.nth(Family::accepting, 2).fails(EAGAIN);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        {
            const std::vector<kata::UniqueFd> all = all_descriptors();
            expects_time(1000ms, [&] { takes_nobody(acceptor, 1000); }); // nobody is there
        }
        wait_for_the_test();
        const Client client = takes_one(acceptor); // the first look says EMFILE, the one with the reserve's descriptor EAGAIN
    });
    ASSERT_TRUE(you.paused());
    Peer ann = you.connect("ann");
    you.resume();
    ann.expects("welcome");
    you.finishes();
}

TEST(Robust, WaitsOnWhenAClientWasGone)
{
    Learner you{{.rule = "a client who was gone does not begin the time again, or end it. Nor does a shortage.",
                 .why = "poll() has seen somebody, and accept() finds nobody: wait for the rest of the time.",
                 .read = "man 2 accept, NOTES and EAGAIN",
                 .ask = "Q22, Q58"},
                strict};
    you.listener(16, true);
    you.every(Family::accepting).fails(ENOMEM);
    you.nth(Family::accepting, 1).fails(EAGAIN); // as if ann were gone
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        takes_nobody(acceptor, 1000);
    });
    you.time_passes(600ms);
    Peer ann = you.connect("ann");
    ann.expects_silence();
    you.finishes();
    expects_took(you, 1000ms, "next(1000)");
}
