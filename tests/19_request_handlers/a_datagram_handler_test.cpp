#include "handlers.h"

#include <thread>

using namespace handlers;

TEST(Works, AnswersADatagramWithOne)
{
    Learner you{{.rule = "a datagram handler is given its datagram, and answers with one, or none, to whoever sent it.",
                 .why = "What waits in the socket is for other handlers. Each send is a datagram of its own, so collect first; "
                        "and where nothing was written, there is no answer.",
                 .read = "man 7 udp, DESCRIPTION",
                 .ask = "Q93, Q97, Q109"}};
    you.run([] { EXPECT_EQ("", reports_of_datagrams(3)); });
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.sends("");
    ann.sends("one");
    bob.sends("two");
    you.resume();
    ann.expects("one;one;");
    bob.expects("two;two;");
    you.finishes();
}

TEST(Robust, LosesNothingWhileItAnswers)
{
    Learner you{
        {.rule = "what comes to the server's socket while a handler answers is for the next one.",
         .why = "A socket that is connected for the answer drops what others send meanwhile. sendto() needs no connect().",
         .read = "man 2 connect, DESCRIPTION; man 2 sendto",
         .ask = "Q93, Q96, Q109"}};
    you.nth(Family::writing, 1).pauses();
    you.run([] { EXPECT_EQ("", reports_of_datagrams(2, "127.0.0.1:0", false)); });
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    ann.sends("one");
    ASSERT_TRUE(you.paused()) << "you do not answer ann's datagram";
    bob.sends("two");
    you.resume();
    ann.expects("one;one;");
    bob.expects("two;two;");
    you.finishes();
}

TEST(Robust, AnswersInTwoThreads)
{
    Learner you{
        {.rule = "two datagram handlers may live at the same time, and see nothing of each other.",
         .why = "The first one is held with ann's answer in its hand. What is static is one for both: it has bob's by then.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q76, Q109"}};
    UdpPeer ann = you.udp_wire("ann"), bob = you.udp_wire("bob");
    Peer cy = you.wire("cy"); // tells the second thread when
    you.nth(Family::writing, 1).pauses();
    you.run([&, to_ann = ann.address(), to_bob = bob.address()] {
        const auto lives = [](int fd, const std::string& to, std::string_view packet) {
            kata::process_datagram({fd, kata::parse_endpoint(to), bytes(packet)}, kata::make_handler<Repeats>, the_log);
        };
        const std::jthread first{lives, you.fd(0), to_ann, "hello"};
        expects_to_hear(you.fd(2), "go");
        lives(you.fd(1), to_bob, "hi");
    });
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    bob.expects("hi;hi;");
    you.resume();
    ann.expects("hello;hello;");
    you.finishes();
}

TEST(Robust, AnswersOnBothFamilies)
{
    constexpr Lesson lesson{
        .rule = "an answer goes to the address that the datagram came from, whatever its family, up to the size that fits there.",
        .why = "The size of the address belongs to it: a sockaddr_in6 is longer than a sockaddr_in. And the header of IPv6 does "
               "not count: 65527 bytes fit where IPv4 takes 65507. The kernel knows that: it says EMSGSIZE.",
        .read = "man 7 ipv6, \"Address format\"; man 2 sendto, EINVAL and EMSGSIZE; RFC 8200 section 3, Payload Length",
        .ask = "Q5, Q93, Q97"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        const bool v4 = ip == "127.0.0.1";
        you.run([&] { EXPECT_EQ("", reports_of_datagrams(2, v4 ? "127.0.0.1:0" : "[::1]:0")); });
        UdpPeer ann = you.udp("ann", ip);
        ann.sends("one");
        ann.sends("brim");
        you.resume();
        ann.expects("one;one;");
        ann.expects("brim;brim;" + pattern((v4 ? 65'507 : 65'527) - 10));
        you.finishes();
    });
}

TEST(Robust, AnswersANeighbourByItsInterface)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "an answer goes to the whole address that the datagram came from, as it stands there.",
                 .why = "fe80:: is on each link: only sin6_scope_id says on which one the client is. Who makes a new address of "
                        "the IP and the port leaves that out, and the kernel finds no way to it.",
                 .read = "man 7 ipv6, \"Address format\", sin6_scope_id; RFC 4007 section 6",
                 .ask = "Q5, Q93"}};
    you.peers_are_called("fe80::5%7");
    you.run([] { EXPECT_EQ("", reports_of_datagrams(1, "[::1]:0")); });
    UdpPeer ann = you.udp("ann", "::1");
    ann.sends("one");
    you.resume();
    ann.expects("one;one;");
    you.finishes();
}

TEST(Robust, SendsItsAnswerAgainAfterASignal)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was sent, send again.",
                 .why = "sendto() can sleep when the socket's buffer is full, and whatever can sleep can be interrupted.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 send, EINTR",
                 .ask = "Q88, Q96"}};
    you.first(Family::writing, 9).fails(EINTR); // nine signals
    you.run([] { EXPECT_EQ("", reports_of_datagrams(1)); });
    UdpPeer ann = you.udp("ann");
    ann.sends("one");
    you.resume();
    ann.expects("one;one;");
    you.finishes();
}

TEST(Robust, SurvivesADatagramHandlerThatThrows)
{
    Learner you{
        {.rule = "a datagram handler lives as any other: what it throws is reported, finish() runs, the next one is served.",
         .why = "Both lives are the same one: write it once.",
         .read = "the contract in request_handlers.h",
         .ask = "Q110"}};
    you.run([] { EXPECT_EQ("handle ", reports_of_datagrams(2)); });
    UdpPeer ann = you.udp("ann");
    ann.sends("stop");
    ann.sends("two");
    you.resume();
    ann.expects("stop;stop;");
    ann.expects("two;two;");
    you.finishes();
}

TEST(Robust, AnswersNoDatagramThatWasNotSetUp)
{
    Learner you{{.rule = "where setup() threw, or no handler was made for a datagram, nothing else runs, and nobody is answered.",
                 .why = "finish() sends what was written. What setup() wrote before it threw is half an answer.",
                 .read = "the contract in request_handlers.h",
                 .ask = "Q109, Q110"}};
    you.run([] { EXPECT_EQ("setup ", reports_of_datagrams(3)); });
    UdpPeer ann = you.udp("ann");
    ann.sends("not yet");
    ann.sends("nobody");
    ann.sends("two");
    you.resume();
    ann.expects("two;two;");
    you.finishes();
}

TEST(Robust, ReportsAnAnswerThatCannotBeSent)
{
    Learner you{{.rule = "an answer that cannot be sent is reported, and the next datagram is served.",
                 .why = "The sender chose the address, and this machine's rules may forbid to answer there: one lost datagram.",
                 .read = "man 2 send, ERRORS",
                 .ask = "Q96, Q110"}};
    for (std::uint32_t n = 0; const int error : {EACCES, ENOBUFS, ENOMEM, EHOSTUNREACH})
        you.nth(Family::writing, ++n).fails(error);
    you.run([] { EXPECT_EQ("EACCES ENOBUFS ENOMEM EHOSTUNREACH ", reports_of_datagrams(5)); });
    UdpPeer ann = you.udp("ann");
    for (int i = 0; i < 4; ++i)
        ann.sends("one");
    ann.sends("two");
    you.resume();
    ann.expects("two;two;");
    you.finishes();
}

TEST(Robust, SendsNoPartOfAnAnswerThatIsTooLong)
{
    Learner you{{.rule = "an answer that is more than a datagram holds is reported, and nothing of it is sent.",
                 .why = "65507 bytes are the most over IPv4. A part of an answer looks like an answer.",
                 .read = "man 2 send, EMSGSIZE; man 7 udp",
                 .ask = "Q97, Q98"}};
    you.run([] { EXPECT_EQ("EMSGSIZE ", reports_of_datagrams(2)); });
    UdpPeer ann = you.udp("ann");
    ann.sends("much");
    ann.sends("two");
    you.resume();
    ann.expects("two;two;");
    you.finishes();
}

// The last one: whatever has a lesson of its own comes before it.
TEST(Robust, ReportsWhicheverCallOfADatagramFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "an answer that cannot be sent is reported once; and one that only has to wait for room waits.",
                     .why =
                         "The server's socket is a blocking one: with a full buffer sendto() sleeps until what was sent before "
                         "has left. With MSG_DONTWAIT it says EAGAIN instead, and the client never hears why it has no answer.",
                     .read = "man 2 send, MSG_DONTWAIT and ERRORS",
                     .ask = "Q42, Q96, Q110"}};
        UdpPeer ann = you.udp_wire("ann");
        you.run([fd = you.fd(), to = ann.address(), &you] {
            client = kata::parse_endpoint(to);
            told_or_done([&] { kata::process_datagram({fd, client, bytes("one")}, kata::make_handler<Repeats>, the_log); });
            std::string failed;
            for (const CallRecord& call : you.calls())
                if (family_of(call.call) == Family::writing && call.result < 0 && call.error != EINTR && call.error != EAGAIN)
                    failed += ::strerrorname_np(call.error) + std::string{" "};
            EXPECT_EQ(failed, reported) << "the reports, and what had failed";
        });
        ann.receives();
        you.finishes();
    });
}
