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
            wait_for_the_test();
        });
        meets_clients_of_both_families(you);
        you.finishes();
    });
}

TEST(Robust, ListensTwiceOrTellsWhichCallFailed)
{
    whichever_call_fails([] {
        Learner you{told_or_whole};
        you.run([] {
            std::vector<kata::Bound> servers;
            told_then_done([&] { servers = listens_each(); });
            wait_for_the_test();
        });
        meets_clients_of_both_families(you);
        you.finishes();
    });
}
