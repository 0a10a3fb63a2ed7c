// What is the caller's, what is thrown, and clients who behave badly.
#include "door.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <unistd.h>

using namespace door;

TEST(Robust, ThrowsWhatDoesNotPass)
{
    Learner you{{.rule = "what is no shortage is thrown, also when descriptors are short.",
                 .why =
                     "A listener that was shut down says EMFILE while the table is full, and EINVAL when there is room; of what "
                     "is no descriptor, poll() says POLLNVAL, and no POLLIN; and -1 it passes over, and sleeps.",
                 .read = "man 2 accept, EINVAL",
                 .ask = "Q21, Q67"},
                few};
    you.listener(16, true);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        wait_for_the_test();
        expects_error(EINVAL, [&] { next(acceptor, 1000); });
        std::vector<kata::UniqueFd> all = all_descriptors();
        expects_error(EINVAL, [&] { next(acceptor, 1000); });
        expects_shed(acceptor, 0);
        all.clear();
        expects_error(EBADF, [&] { // the constructor may say it
            kata::Acceptor of_nothing{63};
            next(of_nothing, -1);
        });
        expects_error(EBADF, [&] {
            kata::Acceptor of_nobody{-1};
            next(of_nobody, 1000);
        });
    });
    ASSERT_TRUE(you.paused());
    you.shuts_down_listener();
    you.finishes();
}

TEST(Robust, ThrowsWhenItCannotWait)
{
    Learner you{{.rule = "a wait that fails is thrown, at once: only EINTR is worth another one.",
                 .why = "ENOMEM of poll() lasts. Who asks again, as after a signal, is in a busy loop until the time is over.",
                 .read = "man 2 poll, ENOMEM and EINTR",
                 .ask = "Q21, Q72"}};
    you.listener(16, true);
    you.every(Family::waiting).fails(ENOMEM);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        expects_error(ENOMEM, [&] { next(acceptor, 1000); });
    });
    you.finishes();
    expects_took(you, 0ms, "next(1000), when it cannot wait,");
}

TEST(Robust, EachHasItsOwnListener)
{
    Learner you{{.rule = "two acceptors have two listeners: each waits for its own clients.",
                 .why = "What is static is one for all objects: here they wait at the door of the first.",
                 .read = "man 2 poll, DESCRIPTION",
                 .ask = "Q21"}};
    you.listener(16, true);
    you.run([&] {
        const kata::Bound server = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
        kata::listen_on(server.fd.get());
        ::fcntl(server.fd.get(), F_SETFL, O_NONBLOCK);
        const kata::Endpoint door = kata::local_endpoint(server.fd.get());
        kata::Acceptor first{you.fd()}, second{server.fd.get()};
        takes_nobody(first, 0);
        const kata::UniqueFd client = kata::open_socket(AF_INET, SOCK_STREAM);
        ASSERT_EQ(0, ::connect(client.get(), door.address(), door.size));
        takes_one(second);
        takes_nobody(first, 200);
    });
    you.finishes();
}

TEST(Robust, NeedsAReserveFromTheBeginning)
{
    Learner you{{.rule = "the reserve is taken when there still are descriptors; without one the acceptor cannot be made.",
                 .why =
                     "In the shortage itself it is too late. And a copy (dup) of another file gives back a number, but no open "
                     "file: it is no help against ENFILE.",
                 .read = "man 2 open, EMFILE and O_CLOEXEC; man 2 dup",
                 .ask = "Q9, Q21"},
                few};
    you.listener(16, true);
    you.run([&] {
        {
            const std::vector<kata::UniqueFd> all = all_descriptors();
            expects_error(EMFILE, [&] { const kata::Acceptor acceptor{you.fd()}; });
        }
        const kata::Acceptor acceptor{you.fd()};
        const std::size_t left = all_descriptors().size();
        expects(left < 6, "one descriptor of the last six is the reserve", "all six are free", __FILE__, __LINE__);
        expects_no_heirs();
        expects_no_copies();
    });
    you.finishes();
}

TEST(Robust, KeepsNothingOfTheListener)
{
    Learner you{{.rule = "when the caller closes the listener, its port is closed: no copy of it is your reserve.",
                 .why = "A copy (dup) holds the queue open. Clients are connected, and nobody will ever accept them.",
                 .read = "man 2 dup; man 2 close, NOTES",
                 .ask = "Q39, Q71"}};
    you.run([&] {
        kata::Bound server = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
        kata::listen_on(server.fd.get());
        ::fcntl(server.fd.get(), F_SETFL, O_NONBLOCK);
        kata::Acceptor acceptor{server.fd.get()};
        const Client client = takes_one(acceptor, -1);
        server.fd.reset();
        wait_for_the_test();
    });
    Peer ann = you.connect("ann");
    ann.expects("welcome");
    ASSERT_TRUE(you.paused());
    you.connect("bob").expects_refusal();
    you.finishes();
}

TEST(Robust, LeavesTheListenerWhenItDies)
{
    Learner you{{.rule = "the listener is the caller's, and outlives the acceptor; the reserve does not.",
                 .why = "It was lent. Who closes it ends the server.",
                 .read = "man 2 close",
                 .ask = "Q19, Q72"}};
    you.listener(16, true);
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    you.run([&] {
        for (int i = 0; i < 2; ++i) {
            kata::Acceptor acceptor{you.fd()};
            const Client client = takes_one(acceptor);
        }
        expects_open(you.fd(), "after the acceptor died");
    });
    ann.expects("welcome");
    bob.expects("welcome");
    you.finishes();
}

TEST(Hostile, PassesOverADeadConnection)
{
    Learner you{{.rule = "the error of one connection is no failure of the listener: take the next one.",
                 .why = "Linux gives errors that wait on the new socket to accept(). accept_one() knows them.",
                 .read = "man 2 accept, \"Error handling\"",
                 .ask = "Q22"}};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.nth(Family::accepting, 1).fails(ECONNABORTED);
    you.nth(Family::accepting, 2).fails(EPROTO);
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const Client client = takes_one(acceptor);
    });
    ann.expects("welcome");
    you.finishes();
}

TEST(Hostile, ShedsClientsOfEachKind)
{
    Learner you{{.rule = "whatever a client did in the queue (spoke, left, reset), it is shed like any other.",
                 .why = "On Linux accept() hands all of them over. A close with bytes unread is a RST: an end, too.",
                 .read = "man 2 accept, DESCRIPTION; RFC 9293 section 3.6.1",
                 .ask = "Q21, Q22, Q42"},
                few};
    you.listener(16, true);
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    ann.sends("I speak first");
    bob.finishes_writing();
    eve.resets();
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        const std::vector<kata::UniqueFd> all = all_descriptors();
        for (int i = 0; i < 3; ++i)
            sheds_one(acceptor);
        takes_nobody(acceptor, 0);
    });
    ann.expects_close();
    bob.expects_close();
    you.finishes();
}

TEST(Hostile, SurvivesACrowd)
{
    constexpr int crowd = 20;
    Learner you{
        {.rule = "of a crowd, as many are served as there are descriptors, the others see an end, and then all is as before.",
         .why = "None of them waits in silence, none costs a processor, and none is forgotten in the queue.",
         .read = "man 2 getrlimit, RLIMIT_NOFILE; man 2 accept, EMFILE",
         .ask = "Q21, Q75, Q119"},
        few};
    you.listener(64, true);
    std::vector<Peer> clients;
    for (int i = 0; i < crowd; ++i)
        clients.push_back(you.connect("client " + std::to_string(i)));
    you.run([&] {
        kata::Acceptor acceptor{you.fd()};
        std::vector<kata::UniqueFd> served;
        std::size_t calls_made = 0;
        while (served.size() + acceptor.shed() < crowd && calls_made++ < crowd)
            if (Client client = acceptor.next(0)) {
                ::send(client->fd.get(), "welcome", 7, MSG_NOSIGNAL);
                served.push_back(std::move(client->fd));
            }
        EXPECT_EQ(20u, served.size() + acceptor.shed()) << "served and shed, in 20 calls";
        served.clear();
        const Client last = takes_one(acceptor, -1);
    });
    int welcomed = 0;
    for (Peer& client : clients)
        if (client.receives(7) == "welcome")
            ++welcomed;
        else
            EXPECT_FALSE(client.is_connected()) << client.name() << " was left in silence";
    EXPECT_TRUE(welcomed >= 3 && welcomed <= 5)
        << welcomed << " were served: 10 descriptors, less 0 to 2, the listener's, and the reserve, are 5";
    Peer ann = you.connect("ann");
    ann.expects("welcome");
    you.finishes();
}
