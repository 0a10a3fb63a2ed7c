// What a call says when it fails: what passes, and what does not.
#include "script.h"

#include <iterator>

using namespace lab;
using namespace script;

TEST(Robust, ThrowsWhatWillNotPass)
{
    Learner you{{.rule = "a socket that cannot work is an error, and not a wire that loses everything.",
                 .why = "EBADF will not go away: ten tries later it is the same. poll() passes over a negative descriptor, and "
                        "sleeps until the time is over: so -1 looks like a wire on which nothing comes.",
                 .read = "man 2 send, ERRORS; man 2 poll, DESCRIPTION",
                 .ask = "Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run([closed = you.fd() + 50] {
        for (const int none : {closed, -1}) {
            expects_error(EBADF, sends(none, "hell"));
            expects_error(EBADF, [=] { kata::rdt_recv(none, calm); });
        }
    });
    you.finishes();
    expects_time(you, 0ms);
}

TEST(Robust, NotEachFailureIsALoss)
{
    Learner you{
        {.rule = "a send() or recv() that fails is a loss where it says ECONNREFUSED. Any other error is thrown, at once.",
         .why = "A machine without memory, a firewall, a block that fits no datagram: the timer would call all of them "
                "\"nobody answers\", and the caller would look for the fault on the other side.",
         .read = "man 2 send, ERRORS; man 2 recv, ERRORS; man 7 udp, \"Error handling\"",
         .ask = "Q98, Q99"},
        patient};
    constexpr int reasons[] = {ENOBUFS, EPERM, ENETUNREACH, ENOMEM};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    for (std::uint32_t n = 0; n < std::size(reasons); ++n)
        you.nth(Family::writing, n + 1).fails(reasons[n]); // the last one: of the receiver's acknowledgement
    you.run([fd = you.fd()] {
        for (const int reason : {ENOBUFS, EPERM, ENETUNREACH})
            expects_error(reason, sends(fd, "hell"));
        expects_error(ENOMEM, receives(fd + 1, "you"));
        expects_error(EMSGSIZE, sends(fd, pattern(65502), {.block = 65502}));
    });
    cy.sends(data('0', "you"));
    you.finishes();
    expects_time(you, 0ms);
}

TEST(Robust, ReadsNothingOutOfAFailure)
{
    for (const int reason : {ENOMEM, EHOSTUNREACH}) {
        Learner you{
            {.rule = "a recv() that fails is an error, on both sides, and not a datagram that is late.",
             .why = "ECONNREFUSED tells of an earlier datagram. ENOMEM tells of this machine, EHOSTUNREACH of the way to the "
                    "other side, and no timer helps.",
             .read = "man 2 recv, ERRORS; man 7 ip, ERRORS",
             .ask = "Q98, Q99"},
            limits};
        UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
        bob.sends(ack('0'));
        cy.sends(data('0', "you"));
        you.first(Family::reading, 3).fails(reason); // one for whoever empties the queue before it sends
        you.run([=, fd = you.fd()] {
            expects_error(reason, receives(fd + 1, "you"));
            expects_error(reason, sends(fd, "hi"));
        });
        you.finishes();
        expects_time(you, 0ms);
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, TellsWhatFailsWhenItHasAllBytes)
{
    for (const Family fails : {Family::reading, Family::writing}) {
        Learner you{
            {.rule = "an error is thrown at once, also when all bytes have come and only copies are answered.",
             .why =
                 "The sender asks again: it does not have its acknowledgement, and this machine cannot give it one. Who returns "
                 "the bytes as if all were well leaves it with ETIMEDOUT, and nobody knows why.",
             .read = "man 2 send, ERRORS; man 2 recv, ERRORS",
             .ask = "Q98, Q99"},
            limits};
        UdpPeer cy = you.connected_udp_wire("cy");
        cy.speaks(words);
        kata::RdtOptions options = calm;
        options.linger_ms = 100;
        you.nth(fails, 2).fails(ENOMEM);
        cy.sends(data('0', "you"));
        cy.sends(data('0', "you"), "a copy");
        you.run([=, fd = you.fd()] { expects_error(ENOMEM, receives(fd, "you", options)); });
        you.finishes();
        expects_time(you, 0ms);
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, ASignalLosesNothing)
{
    Learner you{{.rule = "a send() that a signal ends has sent nothing: send it now, and not when the timer ends.",
                 .why =
                     "EINTR says that nothing was done. Who takes it for a loss waits a whole retransmit_ms for nothing, and the "
                     "acknowledgement of a last block may never go out.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 send, EINTR",
                 .ask = "Q88, Q99"},
                limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    you.nth(Family::writing, 1).fails(EINTR);
    you.nth(Family::writing, 3).fails(EINTR);
    you.run([fd = you.fd()] {
        sends(fd, "you")();
        receives(fd + 1, "you")();
    });
    bob.expects(data('0', "you"));
    bob.sends(ack('0'));
    cy.sends(data('0', "you"));
    cy.expects(ack('0'));
    you.finishes();
    expects_time(you, std::chrono::milliseconds{calm.linger_ms});
}

// Some ten thousand, where a call for each would need more than the stack has.
TEST(Robust, AnyNumberOfSignalsLosesNothing)
{
    Learner you{{.rule = "however often signals end a send(), it is tried again, and costs no memory.",
                 .why = "A timer of the process may tick faster than a full queue gets empty. Who tries again by calling itself "
                        "has one more frame on the stack for each signal, and dies when the stack is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q88, Q99"},
                {.stack_kib = 1024, .idle_calls = 50'000}};
    UdpPeer bob = bob_of(you);
    you.first(Family::writing, 12'000).fails(EINTR);
    you.run(sends(you.fd(), "you"));
    bob.expects(data('0', "you"));
    bob.sends(ack('0'));
    you.finishes();
    expects_time(you, 0ms);
}
