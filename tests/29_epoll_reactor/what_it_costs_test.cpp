// What an echo costs: system calls and memory.
#include "echo.h"

#include "lab/script/at_allocation.h"

using namespace turns;

TEST(Robust, PaysTwoCallsForAnEcho)
{
    static constexpr int clients = 40;
    Learner you{{.rule = "an echo costs a recv() and a send(), and many share an epoll_wait(): at most 2.1 calls each.",
                 .why = "A recv() that only says EAGAIN, an epoll_ctl() for each answer: each is half of the work once more.",
                 .read = "man 7 epoll, \"Level-triggered and edge-triggered\"",
                 .ask = "Q77, Q78, Q134"}};
    Peer boss = you.wire("boss");
    const int listen_fd = you.listener(64, true);
    you.run([&] {
        Shop shop{you.fd(), listen_fd};
        shop.serves_until_told();
        wait_for_the_test();
        while (shop.reactor().run_once(0) > 0) {
        }
        wait_for_the_test();
    });
    std::vector<std::string> names;
    for (int i = 0; i < clients; ++i)
        names.push_back("n" + std::to_string(i));
    std::vector<Peer> all = clients_of(you, names);
    boss.sends("!");
    ASSERT_TRUE(you.paused());
    const auto calls_so_far = [&] { return you.calls().size() - static_cast<std::size_t>(you.count(Call::wait_for_the_test)); };
    const std::size_t before = calls_so_far();
    for (Peer& client : all)
        client.sends("I am " + client.name());
    you.resume();
    ASSERT_TRUE(you.paused());
    const std::size_t calls = calls_so_far() - before;
    EXPECT_LE(calls * 10, clients * 21u) << "40 echoes cost " << calls << " system calls; 84 are 2.1 for each";
    for (Peer& client : all)
        client.expects("I am " + client.name());
    you.finishes();
}

TEST(Robust, AllocatesNothingForAnEcho)
{
    Learner you{{.rule = "an echo after the first ones allocates no memory: neither the turn of the reactor nor echo_turn().",
                 .why = "A new buffer for each message, or a copy of a callback, is a malloc() and a free(), and these take "
                        "locks where there are threads. What is on the stack, or stays with its owner, costs nothing.",
                 .read = "man 3 malloc, NOTES; C++ standard, [new.delete]",
                 .ask = "Q134"}};
    Peer boss = you.wire("boss");
    const int listen_fd = you.listener(16, true);
    you.run([&] {
        Shop shop{you.fd(), listen_fd};
        shop.serves_until_told();
        bool allocates = false;
        for (int round = 0; round < 2; ++round) {
            wait_for_the_test();
            allocates = false;
            const AtAllocation first{[&] { allocates = true; }};
            for (int echoes = 0; echoes < 2;)
                echoes += shop.reactor().run_once(-1);
        }
        expects(!allocates, "when two clients have had their echoes, the next ones allocate no memory", "some was allocated");
        shop.serves_until_told();
    });
    std::vector<Peer> clients = clients_of(you, {"ann", "bob"});
    boss.sends("!");
    for (int round = 0; round < 2; ++round) {
        for (Peer& client : clients)
            client.sends("ho");
        ASSERT_TRUE(you.paused());
        you.resume();
        for (Peer& client : clients)
            client.expects("ho");
    }
    boss.sends("!");
    you.finishes();
}
