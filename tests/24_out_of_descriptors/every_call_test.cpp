// The reserve: why there is none, what it is, and whichever call fails.
#include "door.h"

#include <thread>

using namespace door;

TEST(Robust, TellsWhyThereIsNoReserve)
{
    if (!can_open_nothing_more())
        GTEST_SKIP() << "this kernel has no seccomp filters";
    Learner you{{.rule = "an acceptor without a reserve is not made, whatever the reason; and the reason is thrown.",
                 .why =
                     "EMFILE is this process, ENFILE the whole machine, ENOMEM its memory. Who reads the log looks for what it "
                     "says.",
                 .read = "man 2 open, ERRORS; man 3 errno",
                 .ask = "Q21, Q75"}};
    you.listener(16, true);
    you.run([&] {
        for (const int error : {ENFILE, ENOMEM})
            std::thread{[&] { // the kernel refuses to this thread only
                expects(opens_nothing_more(error), "a kernel that refuses", "one that does not");
                expects_error(error, [&] { const kata::Acceptor acceptor{you.fd()}; });
            }}
                .join();
        const kata::Acceptor acceptor{you.fd()};
    });
    you.finishes();
}

TEST(Robust, KeepsALostReserveToItself)
{
    Learner you{{.rule = "a reserve that was lost and taken again is like the first: close-on-exec, an open file of its own.",
                 .why = "It is opened at another place of the code, and there O_CLOEXEC is soon forgotten.",
                 .read = "man 2 open, O_CLOEXEC",
                 .ask = "Q9, Q21"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        std::optional<NoDescriptorAtAll> another_thread{std::in_place};
        takes_nobody(acceptor, 0);
        another_thread.reset();
        const Client client = takes_one(acceptor);
        expects_no_heirs();
        expects_no_copies();
    });
    ann.expects("welcome");
    you.finishes();
}

TEST(Robust, KeepsItsReserveWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{
            {.rule = "whichever call fails: it is told, or the client is served or shed. And the reserve is there after it.",
             .why = "A reserve that is lost on the way of an error is missed only in the next shortage.",
             .read = "man 2 accept, ERRORS; man 2 poll, ENOMEM",
             .ask = "Q21, Q72"},
            few};
        you.listener(16, true);
        Peer ann = you.connect("ann"), bob = you.connect("bob");
        you.run([&] {
            std::optional<kata::Acceptor> acceptor;
            told_then_done([&] { acceptor.emplace(you.fd()); });
            Client client;
            told_then_done([&] { client = acceptor->next(1000); });
            expects_shed(*acceptor, client ? 0 : 1);
            client.reset();
            const std::vector<kata::UniqueFd> all = all_descriptors();
            told_then_done([&] { sheds_one(*acceptor); });
        });
        ann.expects_close();
        bob.expects_close();
        you.finishes();
    });
}

TEST(Robust, CountsWhomItShedWithoutAReserveToo)
{
    Learner you{{.rule = "who was shed is counted, also when the number is gone by the time you want it back.",
                 .why = "Another thread opens a file between your close() and your open(). The client is gone all the same.",
                 .read = "man 2 open, EMFILE",
                 .ask = "Q21, Q76"},
                few};
    you.listener(16, true);
    Peer other = you.wire("the other thread");
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    you.nth(Family::accepting, 1).returns_late(); // with ann, for whom the reserve was closed
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const std::vector<kata::UniqueFd> all = all_descriptors();
        std::optional<NoDescriptorAtAll> faster;
        const std::jthread other_thread{[&] {
            expects_to_hear(you.fd(1), "now");
            faster.emplace();
        }};
        sheds_one(acceptor);
    });
    ASSERT_TRUE(you.paused());
    other.sends("now");
    you.settles(); // from now on it is faster
    you.resume();
    ann.expects_close();
    bob.expects_silence();
    you.finishes();
}

TEST(Robust, TakesALostReserveBackWhileItWaits)
{
    Learner you{{.rule = "a descriptor that comes back while next() rests is the reserve's, and not the client's.",
                 .why = "Who looks after a lost reserve once a call gives it to the client, and has none for the next shortage.",
                 .read = "man 2 open, EMFILE",
                 .ask = "Q21, Q76"},
                few};
    you.listener(16, true);
    Peer other = you.wire("the other thread");
    Peer ann = you.connect("ann");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        std::vector<kata::UniqueFd> all = all_descriptors();
        {
            const NoDescriptorAtAll faster;
            takes_nobody(acceptor, 0);
        }
        for (kata::UniqueFd& fd : all_descriptors()) // and the other thread keeps what it took
            all.push_back(std::move(fd));
        const std::jthread other_thread{[&] {
            expects_to_hear(you.fd(1), "now");
            all.pop_back();
        }};
        sheds_one(acceptor, 1000);
    });
    ASSERT_TRUE(you.asleep_in(Family::reading));
    other.sends("now");
    ann.expects_close();
    you.finishes();
}
