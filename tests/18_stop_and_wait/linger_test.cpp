// The last acknowledgement: how long the receiver stays, and what it answers meanwhile.
#include "script.h"

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
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.nth(Family::writing, 1).is_delayed(5ms); // the time runs since the block came, not since its answer has left
    you.run(receives(you.fd(), "you", options));
    bob.sends(data('0', "you"));
    bob.loses(ack('0'));
    you.gets_signal(SIGUSR1);
    for (int i = 0; i < 3; ++i) {
        you.time_passes(30ms);
        bob.sends(data('0', "you"), "a copy");
        bob.expects(ack('0'));
    }
    you.finishes();
    expects_time(you, 100ms);
    expects_sleeps(you, 1);
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
        {.rule = "a sender that is gone after its last block takes nothing away: no bytes, and nothing of linger_ms.",
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
    expects_time(you, 10ms);
}

TEST(Hostile, NobodySetsTheReceiversClock)
{
    Learner you{
        {.rule = "the patience and the linger are counted by a clock that nobody sets.",
         .why = "A clock that is set forward ends a wait at once: the next block, or a copy of the last one, finds nobody.",
         .read = "man 2 clock_gettime, CLOCK_MONOTONIC",
         .ask = "Q58, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.run(receives(you.fd(), "hello", options));
    bob.sends(data('0', "hell"));
    bob.expects(ack('0'));
    you.wall_clock_is_set(1h);
    bob.sends(data('0', "hell"), "a copy");
    bob.expects(ack('0'));
    bob.sends(data('1', "o"));
    bob.expects(ack('1'));
    you.wall_clock_is_set(-2h);
    bob.sends(data('1', "o"), "a copy");
    bob.expects(ack('1'));
    you.finishes();
    expects_time(you, 100ms);
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
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.run(receives(you.fd(), "hello", options));
    bob.sends(data('0', "hell"));
    bob.expects(ack('0'));
    bob.sends(data('1', "o"));
    bob.expects(ack('1'));
    for (const char* bytes : {"next", "o"}) { // the second: what came last, with the other sequence
        bob.sends(data('0', bytes), "of the next transfer");
        bob.expects_silence();
    }
    bob.sends(data('1', "o"), "a copy");
    bob.expects(ack('1'));
    you.finishes();
}

TEST(Hostile, KnowsACopyByItsBytes)
{
    Learner you{
        {.rule = "a block with the sequence of the last one and with other bytes is no copy of it: no answer.",
         .why = "A transfer of one block ends with 0, and the next one begins with 0. Only their bytes differ, and that first "
                "block would be lost for good. Other bytes may have the same checksum: 0x00 and 0xFF are one modulo 255.",
         .read = "RFC 8085 section 3.3; RFC 9293 section 3.4.1",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    kata::RdtOptions options = calm;
    options.linger_ms = 100;
    you.run(receives(you.fd(), "y\0u"sv, options));
    bob.sends(data('0', "y\0u"sv));
    bob.expects(ack('0'));
    // The last two begin with the last block, and have its sum.
    for (const std::string& other :
         {data('0', "next"), data('0', "yes"), data('0', ""), data('0', "y\0us"sv), data('0', "y\xffu")}) {
        bob.sends(other, "of the next transfer");
        bob.expects_silence();
    }
    bob.sends(data('0', "y\0u"sv), "a copy");
    bob.expects(ack('0'));
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "an error that is no loss ends the transfer, and is told.",
                     .why = "The wire loses datagrams. A machine that is out of memory is another matter, and no timer helps.",
                     .read = "man 2 send, ERRORS; man 2 recv, ERRORS; man 2 poll, ERRORS",
                     .ask = "Q88, Q99"},
                    limits};
        UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
        cy.sends(data('0', "you"));
        you.run([fd = you.fd()] {
            told_or_done(sends(fd, "hell", {.block = 8, .retransmit_ms = 200, .tries = 2}));
            told_or_done(receives(fd + 1, "you"));
        });
        if (bob.receives().came)
            bob.sends(ack('0'));
        you.finishes();
    });
}
