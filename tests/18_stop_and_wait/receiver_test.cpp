// The receiver. How it ends is tested in linger_test.cpp.
#include "script.h"

using namespace lab;
using namespace script;

TEST(Works, ReceivesOneBlockAfterTheOther)
{
    Learner you{
        {.rule = "each block is kept and acknowledged with its own sequence; the first short one is the last.",
         .why = "The other side sends nothing new until it has the acknowledgement, and it knows by the sequence which block is "
                "meant.",
         .read = "RFC 1350 sections 2 and 6",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(receives(you.fd(), "he\0lo, y\xffu"sv));
    bob.sends(data('0', "he\0l"sv));
    bob.expects(ack('0'));
    bob.sends(data('1', "o, y"));
    bob.expects(ack('1'));
    bob.sends(data('0', "\xffu"));
    bob.expects(ack('0'));
    you.finishes();
}

TEST(Works, TakesAnEmptyBlockForTheEnd)
{
    Learner you{{.rule = "a full block is never the last one; an empty block may be.",
                 .why = "After an exact multiple there is nothing left to send, and only an empty block can say so.",
                 .read = "RFC 1350 section 6",
                 .ask = "Q96"},
                limits};
    UdpPeer bob = bob_of(you);
    you.run(receives(you.fd(), "hell"));
    bob.sends(data('0', "hell"));
    bob.expects(ack('0'));
    bob.sends(data('1', ""));
    bob.expects(ack('1'));
    you.finishes();
}

TEST(Robust, AnswersACopyAndDropsIt)
{
    Learner you{
        {.rule = "a copy of a block is acknowledged again, with its own sequence, and not kept a second time.",
         .why = "It came because the acknowledgement of the first one is lost or late. Without an answer both sides wait for "
                "ever; kept twice, the file is wrong.",
         .read = "RFC 8085 section 3.3",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(receives(you.fd(), "hello, you"));
    bob.sends(data('0', "hell"));
    bob.loses(ack('0'));
    bob.sends(data('0', "hell"), "again");
    bob.expects(ack('0'));
    bob.sends(data('0', "hell"), "a late copy");
    bob.expects(ack('0'));
    bob.sends(data('1', "o, y"));
    bob.loses(ack('1'));
    bob.sends(data('1', "o, y"), "again");
    bob.expects(ack('1'));
    bob.sends(data('0', "ou"));
    bob.expects(ack('0'));
    you.finishes();
}

TEST(Robust, TakesADamagedBlockForLost)
{
    Learner you{
        {.rule = "what is damaged gets no answer and is not kept: the other side sends it again.",
         .why = "An acknowledgement says \"I have it\". Nothing in a damaged datagram can be believed, also not its sequence, "
                "and an empty datagram is no empty block.",
         .read = "RFC 768, Checksum; RFC 8085 section 3.4",
         .ask = "Q96, Q97"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(receives(you.fd(), "hello"));
    const std::string first = data('0', "hell");
    for (const std::string& bad : {damaged(first, 7), damaged(first, 1), damaged(first, 4), first.substr(0, 8), std::string{"D0"},
                                   std::string{}, ack('0'), packed('D', '2', "hell"), first + "junk"}) {
        bob.sends(bad);
        bob.expects_silence();
    }
    bob.sends(first);
    bob.expects(ack('0'));
    bob.sends(damaged(data('1', "o"), 1), "so that it looks like the block before");
    bob.expects_silence();
    bob.sends(data('1', "o"));
    bob.expects(ack('1'));
    you.finishes();
}

TEST(Robust, PassesOverBlocksThatTheProtocolDoesNotHave)
{
    Learner you{
        {.rule = "a first block with sequence 1, or a block that is longer than agreed, is passed over: no answer.",
         .why = "A transfer begins with 0. What comes with 1 before that is a late copy of an older transfer, and to acknowledge "
                "it is to promise that it is kept.",
         .read = "RFC 1350 section 4; man 2 recv, MSG_TRUNC",
         .ask = "Q96, Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.run(receives(you.fd(), "you"));
    for (const std::string& strange : {data('1', "o"), data('1', ""), data('0', "hello"), data('0', pattern(1000))}) {
        bob.sends(strange, "which no sender has sent");
        bob.expects_silence();
    }
    bob.sends(data('0', "you"));
    bob.expects(ack('0'));
    you.finishes();
}

TEST(Robust, WaitsForANewBlockOnlySoLong)
{
    Learner you{
        {.rule = "no new block for patience_ms is ETIMEDOUT; copies, damaged datagrams and signals are nothing new.",
         .why = "A sender that is gone sends nothing, and UDP does not say that it is gone. A wait that each datagram begins "
                "again has no end.",
         .read = "RFC 8085 section 3.1.1; man 3 errno, ETIMEDOUT",
         .ask = "Q99"},
        limits};
    UdpPeer bob = bob_of(you);
    you.nth(Family::writing, 1).is_delayed(5ms); // the patience begins when the block comes, not when its answer has left
    you.run([fd = you.fd()] { expects_error(ETIMEDOUT, [=] { kata::rdt_recv(fd, calm); }); });
    you.time_passes(900ms);
    bob.sends(data('0', "hell"));
    bob.expects(ack('0'));
    you.time_passes(300ms);
    bob.sends(data('0', "hell"), "a copy");
    bob.expects(ack('0'));
    you.time_passes(300ms);
    bob.sends(damaged(data('1', "o, y"), 7));
    you.time_passes(300ms);
    you.gets_signal(SIGUSR1);
    you.finishes();
    expects_time(you, 1900ms);
    expects_sleeps(you, 1);
}

// They are all there already, and each takes a millisecond.
TEST(Hostile, AFloodOfCopiesIsNothingNew)
{
    Learner you{{.rule = "patience_ms end also while there is always something to be read.",
                 .why = "Who looks at the clock only when nothing is there to be read never looks at it during a flood.",
                 .read = "man 2 poll; RFC 8085 section 3.1.1",
                 .ask = "Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    bob.sends(data('0', "hell"));
    for (int i = 0; i < 15; ++i) {
        bob.sends(data('0', "hell"), "a copy");
        bob.sends(damaged(data('1', "o, y"), 7));
    }
    you.every(Family::reading).is_delayed(1ms);
    kata::RdtOptions options = calm;
    options.patience_ms = 10;
    you.run([=, fd = you.fd()] { expects_error(ETIMEDOUT, [=] { kata::rdt_recv(fd, options); }); });
    you.finishes();
    expects(you.count(Family::writing) < 16, "nothing new comes for 10 ms, and you give up",
            "you went on through 30 ms of copies and damage");
}

TEST(Robust, WaitsForWhatComesSlowly)
{
    Learner you{{.rule = "each new block starts the patience again, and a signal ends nothing.",
                 .why = "A long transfer takes long. What must not take long is the next block.",
                 .read = "man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q88, Q99"},
                limits};
    UdpPeer bob = bob_of(you);
    for (int i = 0; i < 40; ++i)
        bob.sends(data("01"[i % 2], i < 39 ? "hell" : ""));
    you.every(Family::reading).is_delayed(3ms);
    you.nth(Family::reading, 2).fails(EINTR);
    you.nth(Family::waiting, 2).fails(EINTR);
    you.nth(Family::writing, 2).fails(EINTR);
    kata::RdtOptions options = calm;
    options.patience_ms = 100;
    you.run([=, fd = you.fd()] { EXPECT_EQ(156u, kata::rdt_recv(fd, options).size()) << "the size of what you received"; });
    you.finishes();
}
