// The last acknowledgement: how long the receiver stays, and what it answers meanwhile.
#include "script.h"

#include <chrono>

using namespace lab;
using namespace script;

TEST(Hostile, LingersForTheLastAck)
{
    Learner you{
        {.rule = "the receiver goes on answering for linger_ms after the last block, and only then returns.",
         .why = "The last acknowledgement may be lost, and nobody acknowledges acknowledgements. If the receiver is gone then, "
                "the sender tries until it gives up, and reports a transfer that was complete as failed.",
         .read = "RFC 1350 section 6; RFC 9293 section 3.3.2, TIME-WAIT",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    for (const char* fate : {"", "a copy", "a copy"})
        bob.sends(data('0', "you"), fate);
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.run([=, fd = you.fd()] {
        const auto start = std::chrono::steady_clock::now();
        receives(fd, "you", options)();
        expects(std::chrono::steady_clock::now() - start >= 98ms, "you stay for the 100 ms of linger_ms",
                "you returned before they had passed");
    });
    bob.loses(ack('0'));
    bob.loses(ack('0'));
    bob.expects(ack('0'));
    you.finishes();
}

TEST(Hostile, LingersNoLongerThanAgreed)
{
    Learner you{
        {.rule = "linger_ms run from the last block: neither copies nor other datagrams make it longer.",
         .why =
             "Each of them is answered or passed over in the time that is left. Otherwise a sender that repeats for ever, or a "
             "stranger, decides when this function returns.",
         .read = "RFC 1350 section 6; man 2 poll",
         .ask = "Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    bob.sends(data('0', "you"));
    for (int i = 0; i < 15; ++i) {
        bob.sends(data('0', "you"), "a copy");
        bob.sends(damaged(data('0', "you"), 7));
    }
    you.every(Family::reading).is_delayed(1ms);
    kata::RdtOptions options = calm;
    options.linger_ms = 10;
    you.run(receives(you.fd(), "you", options));
    bob.expects(ack('0'));
    you.finishes();
    expects(you.count(Family::writing) < 16, "10 ms after the last block you return",
            "you answered through 30 ms of copies and damage");
}

TEST(Hostile, TheSenderMayBeGone)
{
    Learner you{
        {.rule = "a sender that is gone after its last block takes nothing away: the transfer is complete.",
         .why = "It has its acknowledgement and has left. Your answer to a late copy comes back as ECONNREFUSED, and that is no "
                "reason to throw away what you have.",
         .read = "man 7 udp, \"Error handling\"",
         .ask = "Q98, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    bob.sends(data('0', "hell"));
    bob.sends(data('1', "o"));
    bob.sends(data('1', "o"), "a late copy");
    bob.closes();
    you.nth(Family::writing, 2).fails(ECONNREFUSED); // the news of the answer before may also come here
    kata::RdtOptions options = calm;
    options.linger_ms = 10;
    you.run(receives(you.fd(), "hello", options));
    you.finishes();
}

TEST(Hostile, PromisesNothingThatItDoesNotKeep)
{
    Learner you{
        {.rule = "after the last block only copies of it are answered: what is not kept is not acknowledged.",
         .why =
             "An acknowledgement says \"I have it\", and its sender never sends that block again. If the next transfer has begun "
             "already, its first block would be lost for good.",
         .read = "RFC 1350 section 6; RFC 8085 section 3.3",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    bob.sends(data('0', "hell"));
    bob.sends(data('1', "o"));
    bob.sends(data('0', "next"), "of the next transfer");
    bob.sends(data('1', "o"), "a copy");
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.run(receives(you.fd(), "hello", options));
    bob.expects(ack('0'));
    bob.expects(ack('1'));
    bob.expects(ack('1'));
    you.finishes();
}
