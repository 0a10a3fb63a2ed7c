#include "script.h"

#include <thread>

using namespace lab;
using namespace script;

TEST(Robust, SendsInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two threads may send at the same time, each over its own socket, and see nothing of each other.",
         .why = "A static variable is one for all threads: the block that one thread waits for becomes that of the other.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q76, Q96"},
        limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    cy.speaks(words);
    you.run([&] {
        std::thread first{sends(you.fd(0), "hello")};
        sends(you.fd(1), "world")();
        first.join();
    });
    bob.expects(data('0', "hell"));
    cy.expects(data('0', "worl"));
    bob.sends(ack('0'));
    bob.expects(data('1', "o"));
    cy.sends(ack('0'));
    cy.expects(data('1', "d"));
    bob.sends(ack('1'));
    cy.sends(ack('1'));
    you.finishes();
}

TEST(Robust, ReceivesInTwoThreadsAtOnce)
{
    Learner you{{.rule = "two threads may receive at the same time, each over its own socket, and see nothing of each other.",
                 .why = "A static variable is one for all threads: what came for one would be in the transfer of the other.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q76, Q96"},
                limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    cy.speaks(words);
    you.run([&] {
        std::thread first{receives(you.fd(0), "hello")};
        receives(you.fd(1), "world")();
        first.join();
    });
    bob.sends(data('0', "hell"));
    bob.expects(ack('0'));
    cy.sends(data('0', "worl"));
    cy.expects(ack('0'));
    bob.sends(data('1', "o"));
    bob.expects(ack('1'));
    cy.sends(data('1', "d"));
    cy.expects(ack('1'));
    you.finishes();
}
