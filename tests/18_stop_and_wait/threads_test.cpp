// Both sides at once.
#include "15_udp_server/udp_server.h"
#include "script.h"

#include <sys/socket.h>
#include <thread>
#include <utility>

using namespace lab;
using namespace script;

TEST(Works, GoesOverBothFamilies)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "a transfer goes over any datagram socket that is connected, whatever the family of its addresses.",
                     .why =
                         "connect() has said who the other side is, and the kernel drops what others send. A sockaddr_in holds "
                         "no address of IPv6.",
                     .read = "man 2 connect, DESCRIPTION; man 7 ipv6, \"Address format\"",
                     .ask = "Q5, Q94, Q96"},
                    limits};
        you.run([where = (ip == "::1" ? "[::1]" : std::string{ip}) + ":0"] {
            const kata::UniqueFd here = kata::udp_bind(kata::parse_endpoint(where)),
                                 there = kata::udp_bind(kata::parse_endpoint(where));
            for (const auto& [one, other] : {std::pair{here.get(), there.get()}, std::pair{there.get(), here.get()}}) {
                const kata::Endpoint to = kata::local_endpoint(other);
                ASSERT_EQ(0, ::connect(one, to.address(), to.size));
            }
            const std::jthread receiver{receives(there.get(), "hello")};
            sends(here.get(), "hello")();
        });
        you.finishes();
    });
}

TEST(Robust, SendsInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two threads may send at the same time, each over its own socket, and see nothing of each other.",
         .why = "A static variable is one for all threads: the block that one thread waits for, or is about to send, becomes "
                "that of the other.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q76, Q96"},
        limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    cy.speaks(words);
    you.nth(Family::writing, 3).pauses(); // with bob's second block in its hand
    you.run([&] {
        std::thread first{sends(you.fd(0), "hello")};
        sends(you.fd(1), "world")();
        first.join();
    });
    bob.expects(data('0', "hell"));
    cy.expects(data('0', "worl"));
    bob.sends(ack('0'));
    ASSERT_TRUE(you.paused()) << "you do not send bob's second block";
    cy.sends(ack('0'));
    cy.expects(data('1', "d"));
    you.resume();
    bob.expects(data('1', "o"));
    bob.sends(ack('1'));
    cy.sends(ack('1'));
    you.finishes();
}

TEST(Robust, ReceivesInTwoThreadsAtOnce)
{
    Learner you{{.rule = "two threads may receive at the same time, each over its own socket, and see nothing of each other.",
                 .why = "A static variable is one for all threads: what came for one would be in the transfer of the other, and "
                        "a copy would be compared with a block of the other.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q76, Q96"},
                limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    cy.speaks(words);
    you.nth(Family::reading, 1).returns_late(); // with bob's block in its room
    you.run([&] {
        std::thread first{receives(you.fd(0), "hello")};
        receives(you.fd(1), "world")();
        first.join();
    });
    bob.sends(data('0', "hell"));
    cy.sends(data('0', "worl"));
    cy.expects(ack('0'));
    you.resume();
    bob.expects(ack('0'));
    cy.sends(data('0', "worl"), "a copy");
    cy.expects(ack('0'));
    bob.sends(data('0', "hell"), "a copy");
    bob.expects(ack('0'));
    bob.sends(data('1', "o"));
    bob.expects(ack('1'));
    cy.sends(data('1', "d"));
    cy.expects(ack('1'));
    you.finishes();
}
