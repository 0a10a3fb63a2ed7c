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
