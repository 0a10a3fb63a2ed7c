// Whichever call fails.
#include "both.h"

using namespace lab;

namespace {

constexpr Lesson told_or_whole{.rule =
                                   "whichever call fails: its errno is thrown, nothing is left open, and the next try succeeds.",
                               .why = "Half of a server is none: a want of descriptors is no reason to do without IPv6.",
                               .read = "man 2 socket, ERRORS; man 2 bind, ERRORS; man 2 listen, ERRORS",
                               .ask = "Q104, Q72"};

void meets_clients_of_both_families(Learner& you)
{
    ASSERT_TRUE(you.paused()); // it may have listened at another port before, and failed
    if (has_ipv6_loopback())
        you.connect_to("::1", "bob").expects_connection();
    you.connect_to("127.0.0.1", "ann").expects_connection();
}

} // namespace

TEST(Robust, ServesBothOrTellsWhichCallFailed)
{
    whichever_call_fails([] {
        Learner you{told_or_whole};
        you.run([] {
            kata::Bound server;
            told_then_done([&] { server = listens_dual(); });
            expects_reusable(server);
            wait_for_the_test();
        });
        meets_clients_of_both_families(you);
        you.finishes();
        says_v6only(you, 0);
    });
}

TEST(Robust, ListensTwiceOrTellsWhichCallFailed)
{
    whichever_call_fails([] {
        Learner you{told_or_whole};
        you.run([] {
            std::vector<kata::Bound> servers;
            told_then_done([&] { servers = listens_each(); });
            for (const kata::Bound& server : servers)
                expects_reusable(server);
            wait_for_the_test();
        });
        meets_clients_of_both_families(you);
        you.finishes();
        says_v6only(you, 1);
    });
}

TEST(Robust, TakesNoOtherErrorForAMissingFamily)
{
    constexpr struct {
        Call call;
        int error;
    } failures[] = {{Call::socket, EPROTONOSUPPORT}, {Call::bind, EADDRNOTAVAIL}, {Call::setsockopt, EINVAL}};
    for (const auto& failure : failures)
        for (const bool each : {false, true}) {
            Learner you{{.rule = "EAFNOSUPPORT alone says that the kernel has no IPv6. Any other errno is thrown.",
                         .why = "A list of errors that look alike hides a real one: the server runs, and half of its clients "
                                "find nobody.",
                         .read = "man 2 socket, EAFNOSUPPORT and EPROTONOSUPPORT; man 2 bind, EADDRNOTAVAIL",
                         .ask = "Q104"}};
            const int error = failure.error;
            you.nth(failure.call, 1).fails(error);
            you.run([=] { expects_error(error, [=] { each ? void(listens_each()) : void(listens_dual()); }); });
            you.finishes();
        }
}
