#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "accepting.h"

#include <thread>

using namespace accepting;

TEST(Robust, ServesTwoThreadsAtOnce)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "two threads may accept at the same time, each from its own listener, and see nothing of each other.",
                 .why =
                     "A static variable is one for all threads. While one sleeps in accept(), the other gets an IPv4 client, and "
                     "its size is what is left of the room for the address of an IPv6 client.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 2 accept, addrlen",
                 .ask = "Q76, Q119"}};
    you.listener(16, false, "::1");
    Peer cy = you.wire("cy"); // tells the second thread when
    you.run([&] {
        const kata::Bound other = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
        kata::listen_on(other.fd.get());
        const kata::UniqueFd bob = kata::open_socket(AF_INET, SOCK_STREAM);
        EXPECT_EQ(0, ::connect(bob.get(), other.local.address(), other.local.size)); // he waits in the queue
        std::thread first{[&] { EXPECT_EQ("a client", attempt(you.fd(0))); }};
        expects_to_hear(you.fd(1), "go");
        EXPECT_EQ(kata::to_string(kata::local_endpoint(bob.get())), who(accept_one(other.fd.get())));
        ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
        first.join();
    });
    cy.sends("go"); // when both are asleep
    cy.expects("done");
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann, "::1"));
    you.finishes();
}
