#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "accepting.h"

#include <thread>

using namespace accepting;

namespace {

// A listener of the test's own, over IPv4, and a client who waits in its queue.
struct Other {
    kata::Bound server = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
    kata::UniqueFd bob = kata::open_socket(AF_INET, SOCK_STREAM);
    Other()
    {
        kata::listen_on(fd());
        EXPECT_EQ(0, ::connect(bob.get(), server.local.address(), server.local.size));
    }
    int fd() const { return server.fd.get(); }
    std::string bob_is() const { return kata::to_string(kata::local_endpoint(bob.get())); }
};

} // namespace

TEST(Robust, ServesTwoThreadsAtOnce)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "two threads may accept at the same time, each from its own listener, and see nothing of each other.",
                 .why = "One sleeps in accept() until somebody comes. A lock that it holds keeps the other out; and in a static "
                        "variable the size of the IPv4 client is left as the room for its own IPv6 client.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 2 accept, addrlen",
                 .ask = "Q76, Q119"}};
    you.listener(16, false, "::1");
    Peer cy = you.wire("cy"); // tells the second thread when
    you.run([&] {
        const Other other;
        std::thread first{[&] { EXPECT_EQ("a client", attempt(you.fd(0))); }};
        expects_to_hear(you.fd(1), "go");
        EXPECT_EQ(other.bob_is(), who(accept_one(other.fd())));
        ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
        first.join();
    });
    cy.sends("go"); // when both are asleep
    cy.expects("done");
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann, "::1"));
    you.finishes();
}

TEST(Robust, KeepsTheirClientsApart)
{
    Learner you{{.rule = "the address that one thread got is its own, also while another thread accepts.",
                 .why =
                     "accept() has filled in what is static. Before that is copied, the accept() of another thread fills it in "
                     "again: the client has the address of a stranger.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"",
                 .ask = "Q76, Q119"}};
    you.listener();
    Peer ann = you.connect("ann"), cy = you.wire("cy");
    const std::string ann_is = address_of(ann);
    you.nth(Family::accepting, 1).returns_late();
    you.run([&] {
        const Other other;
        std::thread first{[&] { EXPECT_EQ(ann_is, who(accept_one(you.fd(0)))); }};
        expects_to_hear(you.fd(1), "go");
        EXPECT_EQ(other.bob_is(), who(accept_one(other.fd())));
        ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
        first.join();
    });
    cy.sends("go"); // the kernel has given ann to the first thread, which does not know it yet
    cy.expects("done");
    you.resume();
    you.finishes();
}

TEST(Robust, KeepsNothingOfTheLastClient)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "each call has the whole room for an address, whoever came before.",
                 .why = "The size goes in as the room, and comes out as what is used: 16 bytes after an IPv4 client. An IPv6 "
                        "address that gets no more is cut.",
                 .read = "man 2 accept, addrlen",
                 .ask = "Q6, Q19"}};
    you.listener(16, false, "::1");
    Peer ann = you.connect("ann");
    const std::string ann_is = address_of(ann, "::1");
    you.run([&] {
        const Other other;
        EXPECT_EQ(other.bob_is(), who(accept_one(other.fd())));
        EXPECT_EQ(ann_is, who(accept_one(you.fd())));
    });
    you.finishes();
}
