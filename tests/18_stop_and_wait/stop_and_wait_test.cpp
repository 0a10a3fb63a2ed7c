// The sender. Its timer has tests of its own in timer_test.cpp; the receiver is in receiver_test.cpp.
#include "script.h"

using namespace lab;
using namespace script;

TEST(Works, SendsOneBlockAfterTheOther)
{
    Learner you{{.rule = "stop and wait: one block is under way, and the next one leaves when that one is acknowledged.",
                 .why =
                     "UDP does not say what arrived. The acknowledgement does, and the sequence says for which block; one bit is "
                     "enough because no more than two blocks can be meant.",
                 .read = "RFC 1350 section 2; RFC 768",
                 .ask = "Q96, Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "he\0lo, y\xffu"sv));
    bob.expects(data('0', "he\0l"sv));
    bob.expects_silence();
    bob.sends(ack('0'));
    bob.expects(data('1', "o, y"));
    bob.expects_silence();
    bob.sends(ack('1'));
    bob.expects(data('0', "\xffu"));
    bob.sends(ack('0'));
    you.finishes();
}

TEST(Works, EndsAnExactMultipleWithAnEmptyBlock)
{
    Learner you{
        {.rule = "the last block is shorter than the others, so after an exact multiple comes an empty one.",
         .why = "Only a short block says that it is the last. Without it the other side waits for more until it gives up.",
         .read = "RFC 1350 section 6",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell"));
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    bob.expects(data('1', ""));
    bob.sends(ack('1'));
    you.finishes();
}

TEST(Works, SendsAnEmptyTransfer)
{
    Learner you{{.rule = "a transfer of nothing is one empty block, and its acknowledgement.",
                 .why = "The other side cannot tell \"nothing to send\" from \"everything was lost\" without it.",
                 .read = "RFC 1350 section 6",
                 .ask = "Q96"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), ""));
    bob.expects(data('0', ""));
    bob.sends(ack('0'));
    you.finishes();
}

TEST(Works, TakesTheLargestBlocks)
{
    Learner you{{.rule = "both sides take blocks of any size that a datagram can have: 65501 bytes behind the header.",
                 .why =
                     "The sides agree on the size of a block, not the functions. What is longer than a buffer of a fixed size is "
                     "cut, and so it looks damaged each time that it comes.",
                 .read = "RFC 768, Length; man 2 recv",
                 .ask = "Q96"},
                limits};
    UdpPeer bob = bob_of(you), cy = you.connected_udp_wire("cy");
    kata::RdtOptions options = calm;
    options.block = 65501;
    const std::string all = pattern(65501) + "you";
    you.run([=, fd = you.fd()] {
        sends(fd, all, options)();
        receives(fd + 1, all, options)();
    });
    bob.expects(data('0', pattern(65501)));
    bob.sends(ack('0'));
    bob.expects(data('1', "you"));
    bob.sends(ack('1'));
    cy.sends(data('0', pattern(65501)));
    cy.expects(ack('0'));
    cy.sends(data('1', "you"));
    cy.expects(ack('1'));
    you.finishes();
}

TEST(Works, SendsALostBlockAgain)
{
    Learner you{
        {.rule = "a block that is not acknowledged in time goes out again, byte for byte, until it is.",
         .why = "A lost block and a lost acknowledgement look the same from here. So the copy has the same sequence: the other "
                "side must be able to know it.",
         .read = "RFC 8085 sections 3.1.1 and 3.3",
         .ask = "Q96, Q99, Q103"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hell", {.block = 8, .retransmit_ms = 10, .tries = 100}));
    bob.loses(data('0', "hell"));
    bob.loses(data('0', "hell"));
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    you.finishes();
}

TEST(Robust, WaitsForTheRightAck)
{
    Learner you{
        {.rule = "only the acknowledgement of this very block lets the next one go; all else that comes is passed over.",
         .why = "An answer to an earlier copy may come late. Whoever takes it for the answer to this block goes on although the "
                "block is lost, and nobody will ever send it again.",
         .read = "RFC 8085 section 3.3",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hello"));
    bob.expects(data('0', "hell"));
    for (const std::string& other : {ack('1'), data('0', "hm"), data('0', ""), damaged(ack('0'), 3), damaged(ack('1'), 1),
                                     ack('0') + "junk", packed('A', '0', "a"), packed('A', '0', "a payload"), std::string{}}) {
        bob.sends(other, "which answers nothing");
        bob.expects_silence();
    }
    bob.sends(ack('0'));
    bob.expects(data('1', "o"));
    bob.sends(ack('0'), "late");
    bob.expects_silence();
    bob.sends(ack('1'));
    you.finishes();
}

TEST(Robust, ASecondAckSendsNothing)
{
    Learner you{
        {.rule = "an acknowledgement that was there before sends nothing: only the timer sends a block again.",
         .why = "If every copy is answered by a copy, one late datagram doubles all that follow: the Sorcerer's Apprentice bug "
                "of the first TFTP.",
         .read = "RFC 1123 section 4.2.3.1",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(sends(you.fd(), "hello"));
    bob.expects(data('0', "hell"));
    bob.sends(ack('0'));
    bob.expects(data('1', "o"));
    bob.sends(ack('0'), "a copy");
    bob.sends(ack('0'), "a copy");
    bob.expects_silence();
    bob.sends(ack('1'));
    you.finishes();
}

TEST(Robust, EachTransferBeginsAnew)
{
    Learner you{
        {.rule = "each transfer begins with sequence 0, whatever the one before ended with.",
         .why = "The other side of a new transfer has never heard of the old one. What a function keeps in a static variable, it "
                "shares with all its calls, also those of other threads.",
         .read = "RFC 1350 section 4",
         .ask = "Q96"},
        limits};
    UdpPeer ann = you.connected_udp_wire("ann"), bob = bob_of(you), cy = you.connected_udp_wire("cy"),
            di = you.connected_udp_wire("di");
    you.run([fd = you.fd()] {
        sends(fd, "hi")();
        sends(fd + 1, "hi")();
        receives(fd + 2, "hi")();
        receives(fd + 3, "hi")();
    });
    for (UdpPeer* peer : {&ann, &bob}) {
        peer->speaks(words);
        peer->expects(data('0', "hi"));
        peer->sends(ack('0'));
    }
    for (UdpPeer* peer : {&cy, &di}) {
        peer->speaks(words);
        peer->sends(data('0', "hi"));
        peer->expects(ack('0'));
    }
    you.finishes();
}
