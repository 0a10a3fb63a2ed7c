#include "door.h"

using namespace door;

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
