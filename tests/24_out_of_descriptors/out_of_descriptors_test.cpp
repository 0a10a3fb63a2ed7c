#include "door.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <climits>

using namespace door;

TEST(Works, HandsOverAClient)
{
    constexpr Lesson lesson{.rule = "as long as there are descriptors, a client is handed over as accept_one() does it.",
                            .why = "Its socket blocks, and no program that is started inherits it. The listener does not block. "
                                   "And a name of IPv6 needs 28 bytes, where IPv4 needs 16.",
                            .read = "man 2 accept, DESCRIPTION; man 7 ipv6",
                            .ask = "Q18, Q20"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.listener(16, true, ip);
        you.run([&] {
            kata::Acceptor acceptor{you.fd()};
            const Client client = takes_one(acceptor, -1);
            if (!client)
                return; // it has been said
            const std::string name = to_string(client->peer);
            EXPECT_EQ(ip == "::1" ? "[::1]" : "127.0.0.1", name.substr(0, name.rfind(':')));
            expects_closed_on_exec(client->fd.get());
            expects((asks(client->fd.get(), F_GETFL) & O_NONBLOCK) == 0, "a client whose socket blocks", "it does not block");
            expects_to_hear(client->fd.get(), "hello");
        });
        Peer ann = you.connect("ann");
        ann.expects("welcome");
        ann.sends("hello");
        you.finishes();
    });
}

TEST(Works, ShedsAClientWhenNoDescriptorIsLeft)
{
    Learner you{{.rule = "out of descriptors: close the reserve, accept with it, close the client, take the reserve again.",
                 .why = "The client stays in the queue until it is accepted, and the listener readable. Waiting would be a busy "
                        "loop, and for the client silence.",
                 .read = "man 2 accept, EMFILE; man 2 getrlimit, RLIMIT_NOFILE",
                 .ask = "Q21, Q75"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const std::vector<kata::UniqueFd> all = all_descriptors();
        sheds_one(acceptor);
    });
    ann.expects_close();
    you.finishes();
    expects_took(you, 0ms, "next(200), with a client to shed,");
}

TEST(Works, SaysThatNobodyCame)
{
    Learner you{{.rule = "next() waits for its time to the millisecond, asleep; 0 is a look.",
                 .why = "poll() takes milliseconds. Rounded down, the last of them is a busy loop or comes too early.",
                 .read = "man 2 poll, timeout",
                 .ask = "Q55"},
                {.own_time = std::chrono::hours{700}, .idle_calls = 0}};
    you.listener(16, true);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        for (const int limit : {0, 1, 3'600'000, INT_MAX})
            expects_time(std::chrono::milliseconds{limit}, [&] { takes_nobody(acceptor, limit); });
    });
    you.finishes();
}

TEST(Works, SleepsUntilSomebodyComes)
{
    Learner you{{.rule = "below 0 is no limit: asleep until a client comes, and a signal is none.",
                 .why = "poll() says -1 with EINTR after a signal. That is neither a client nor the end of the time.",
                 .read = "man 2 poll, timeout and EINTR",
                 .ask = "Q55, Q88"},
                {.own_time = std::chrono::hours{3}}};
    you.listener(16, true);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const Client first = takes_one(acceptor, -1), second = takes_one(acceptor, -2);
    });
    you.settles();
    you.gets_signal(SIGUSR1);
    you.time_passes(std::chrono::hours{2});
    Peer ann = you.connect("ann");
    ann.expects("welcome");
    you.settles();
    Peer bob = you.connect("bob");
    bob.expects("welcome");
    you.finishes();
}

TEST(Robust, ServesAgainWhenDescriptorsComeBack)
{
    Learner you{{.rule = "each call takes or sheds one client. Who waits behind it is served when a descriptor comes back.",
                 .why = "A shortage is often over in a moment: who sheds the whole queue sends away those whom it could serve.",
                 .read = "man 2 accept, EMFILE",
                 .ask = "Q21"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        std::vector<kata::UniqueFd> all = all_descriptors();
        sheds_one(acceptor);
        wait_for_the_test();
        all.pop_back();
        const Client client = takes_one(acceptor);
        sheds_one(acceptor);
    });
    ann.expects_close();
    bob.expects_silence();
    eve.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    bob.expects("welcome");
    eve.expects_close();
    you.finishes();
}

TEST(Robust, TakesTheReserveAgain)
{
    Learner you{{.rule = "after each client that was shed the reserve is there again, for the next one.",
                 .why = "Open it when the client's descriptor is closed, not before: until then there is no room for it.",
                 .read = "man 2 open, EMFILE",
                 .ask = "Q21"},
                few};
    you.listener(16, true);
    std::vector<Peer> clients;
    for (int i = 0; i < 5; ++i)
        clients.push_back(you.connect("client " + std::to_string(i)));
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const std::vector<kata::UniqueFd> all = all_descriptors();
        for (int i = 0; i < 5; ++i) {
            sheds_one(acceptor);
            expects_no_heirs();
            expects_no_copies();
            expects(all_descriptors().empty(), "no descriptor is free: the reserve is taken again", "one is free");
        }
    });
    for (Peer& client : clients)
        client.expects_close();
    you.finishes();
}

TEST(Robust, LetsTheOthersGoOn)
{
    Learner you{{.rule = "next() returns after each client that it sheds: those who are connected go on in between.",
                 .why = "Clients who come again at once keep the queue full. Who sheds until it is empty serves nobody else.",
                 .read = "man 2 accept, EMFILE",
                 .ask = "Q21, Q85"},
                few};
    you.listener(16, true);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const Client bob = takes_one(acceptor, -1);
        const std::vector<kata::UniqueFd> all = all_descriptors();
        for (int round = 0; round < 3 && bob; ++round) {
            sheds_one(acceptor, -1);
            expects_to_hear(bob->fd.get(), "more");
        }
    });
    Peer bob = you.connect("bob");
    bob.expects("welcome");
    std::vector<Peer> others;
    for (int i = 0; i < 3; ++i) {
        others.push_back(you.connect("client " + std::to_string(i)));
        bob.sends("more");
    }
    for (Peer& other : others)
        other.expects_close();
    you.finishes();
}

TEST(Robust, ShedsWhenTheMachineIsFull)
{
    Learner you{{.rule = "ENFILE is the same for the whole machine: shed the client with the reserve.",
                 .why = "A reserve that is closed gives back one open file, to the process and to the machine.",
                 .read = "man 2 accept, ENFILE",
                 .ask = "Q21"}};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.nth(Family::accepting, 1).fails(ENFILE);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        sheds_one(acceptor);
        const kata::Acceptor other{you.fd()}; // counts its own
        expects_shed(other, 0);
    });
    ann.expects_close();
    you.finishes();
}
