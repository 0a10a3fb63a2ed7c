// What is an error, and what is none.
#include "serves.h"

#include <arpa/inet.h>
#include <csignal>

using namespace lab;

TEST(Robust, DoesNotGuess)
{
    Learner you{{.rule = "a datagram without its address is an error of the call, never an answer from somewhere.",
                 .why = "IP_PKTINFO is off here. A `local` of 0.0.0.0 would work on every machine with one address, and lose the "
                        "answers on all others. So would the 0.0.0.0 that the kernel says of what was queued before the option.",
                 .read = "man 3 cmsg, CMSG_FIRSTHDR; man 7 ip, IP_PKTINFO",
                 .ask = "Q101, Q102"}};
    UdpPeer ann = you.udp_wire("ann");
    you.may_change("IP_PKTINFO");         // that is what enable_pktinfo() is for
    you.may_change("IP_RECVORIGDSTADDR"); // an answer may ask for both
    you.run([&] {
        expects_error(ENOMSG, [&] { takes(you.fd(), 64); });
        wait_for_the_test(); // until "too early" is queued
        kata::enable_pktinfo(you.fd());
        in_addr local{}; // the header of this one has it: who takes it from there does not guess
        const std::string came = error_of([&] { local = takes(you.fd(), 64).local; });
        expects(came == "ENOMSG" || local.s_addr == htonl(INADDR_LOOPBACK), "ENOMSG for what was queued before enable_pktinfo()",
                came == "no error" ? std::string{"`local` is "} + ::inet_ntoa(local) : came);
        EXPECT_EQ("with", text(takes(you.fd(), 64).data));
    });
    ann.sends("without");
    ASSERT_TRUE(you.paused());
    ann.sends("too early");
    you.resume();
    ann.sends("with");
    you.finishes();
}

TEST(Robust, TriesAgainOnlyWhatCanPass)
{
    Learner you{
        {.rule = "EINTR means that nothing was received or sent yet: try again. Any other error is thrown with its errno.",
         .why = "A signal handler without SA_RESTART ran. EPERM is a firewall's no, EHOSTUNREACH a route's, ENOMEM and ENOBUFS "
                "are a machine that has no room: a loop makes none. EACCES is the caller's own no to broadcasts. EBADF stays "
                "what it is. An address of the other family is no "
                "address here, also where an IPv4 address is in it.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 sendmsg, ERRORS",
         .ask = "Q88, Q98"}};
    you.nth(Family::reading, 1).fails(EHOSTUNREACH);
    you.nth(Family::reading, 2).fails(ENOMEM);
    you.nth(Family::reading, 3).fails(EINTR);
    you.nth(Family::writing, 1).fails(EINTR);
    you.nth(Family::writing, 3).fails(EPERM);
    you.nth(Family::writing, 4).fails(ENOBUFS);
    you.nth(Family::writing, 5).fails(EHOSTUNREACH);
    you.run([] {
        const kata::UniqueFd server = every_address();
        for (const int reason : {EHOSTUNREACH, ENOMEM})
            expects_error(reason, [&] { takes(server.get(), 64); });
        serves_one(server.get());
        expects_error(EPERM, [&] { serves_one(server.get()); });
        expects_error(ENOBUFS, [&] { serves_one(server.get()); });
        expects_error(EHOSTUNREACH, [&] { serves_one(server.get()); });
        const kata::Endpoint everybody = kata::parse_endpoint("127.255.255.255:9"); // the caller did not set SO_BROADCAST
        expects_error(EACCES, [&] { replies(server.get(), {}, everybody, bytes("to all")); });
        expects_error(EBADF, [] { kata::enable_pktinfo(63); });
        expects_error(EBADF, [] { takes(63, 64); });
        for (const std::string other : {"[::1]:9", "[::ffff:127.0.0.1]:9"}) {
            const std::string came = error_of([&] { replies(server.get(), {}, kata::parse_endpoint(other), bytes("lost")); });
            expects(came != "no error", "std::system_error for an answer to " + other, came);
        }
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    you.gets_signal(SIGUSR1);
    ann.sends("hello");
    ann.expects("hello");
    ann.sends("forbidden");
    ann.sends("too much");
    ann.sends("no way");
    you.finishes();
}

TEST(Robust, AnyNumberOfSignalsEndsNothing)
{
    Learner you{{.rule = "however often signals end a call, it is made again, and costs no memory.",
                 .why =
                     "A server waits for days, and a timer of the process ticks a thousand times in a second. Who tries again by "
                     "calling itself has one more frame on the stack for each signal, and dies when the stack is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q88, Q92"},
                {.deadline = 30s, .cpu = 10s, .stack_kib = 1024, .idle_calls = 0}};
    you.first(Family::reading, 5000).fails(EINTR);
    you.first(Family::writing, 5000).fails(EINTR);
    you.run([] { serves_one(every_address().get()); });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, RefusesAnAddressOfAnotherMachine)
{
    if (has_address("203.0.113.7"))
        GTEST_SKIP() << "203.0.113.7 may be used as an address of this machine";
    Learner you{
        {.rule = "an answer whose source address this machine does not have is an error, and is not sent from another one.",
         .why = "Linux looks the source up among its own addresses before it sends. What the client gets from elsewhere it "
                "drops, so a call that reports success has lied.",
         .read = "man 7 ip, IP_PKTINFO; RFC 1122 section 4.1.3.5",
         .ask = "Q101"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram question = takes(server.get(), 64);
        const std::string came =
            error_of([&] { replies(server.get(), {::inet_addr("203.0.113.7")}, question.from, bytes("forged")); });
        expects(came != "no error", "std::system_error for an answer from 203.0.113.7", came);
        answers(server.get(), question);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, WaitsAsLongAsItTakes)
{
    Learner you{{.rule = "a server waits for ever, asleep; a datagram wakes it at once. Nothing else does.",
                 .why = "A limit that nobody asked for ends a server at night, and a fixed pause makes each sender wait for it.",
                 .read = "man 2 recv, DESCRIPTION; man 2 poll, timeout",
                 .ask = "Q92"}};
    you.run(serves);
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    you.time_passes(20ms);
    const int looks = you.waits_in_vain();
    ann.sends("hello");
    ann.expects("hello");
    ASSERT_TRUE(you.waits_in_vain() == looks) << "you slept for a fixed time before you looked again";
    you.time_passes(25h);
    if (you.waits_in_vain() == looks) // else it looks up now and then, has no such limit, and each look costs time
        you.time_passes(25 * 24h);    // more milliseconds than an int has
    ann.sends("good day");
    ann.expects("good day");
    you.keeps_serving();
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, and the socket is as good as before.",
                            .why = "Nothing came, or nothing was sent. The next call can do better.",
                            .read = "man 2 recvmsg, ERRORS; man 2 sendmsg, ERRORS; man 2 setsockopt, ERRORS",
                            .ask = "Q75, Q98"};
    whichever_call_fails([&] {
        Learner you{lesson};
        you.run([] {
            const kata::UniqueFd server = kata::open_socket(AF_INET, SOCK_DGRAM);
            told_then_done([&] { kata::enable_pktinfo(server.get()); });
            const kata::Endpoint where = kata::parse_endpoint("0.0.0.0:0");
            ASSERT_EQ(0, ::bind(server.get(), where.address(), where.size));
            kata::Datagram question;
            told_then_done([&] { question = takes(server.get(), 64); });
            told_then_done([&] { answers(server.get(), question); });
        });
        UdpPeer ann = you.udp("ann", "127.0.0.2");
        ann.sends("hello");
        ann.expects("hello");
        you.finishes();
    });
}

TEST(Hostile, LosesNothingWhileItAnswers)
{
    Learner you{{.rule = "while you answer one client it may leave, and another may ask: neither costs anybody else anything.",
                 .why =
                     "bob's question waits in the queue of the one socket that serves everybody. A second socket on the port, a "
                     "connect() for the answer, or IP_RECVERR, which makes the next call fail for ann, take it away from him.",
                 .read = "man 2 connect, DESCRIPTION; man 7 socket, SO_REUSEADDR; man 7 udp, \"Error handling\"",
                 .ask = "Q94, Q98, Q101"}};
    you.nth(Family::writing, 1).pauses();
    you.run(serves);
    UdpPeer ann = you.udp("ann", "127.0.0.2"), bob = you.udp("bob", "127.0.0.2");
    ann.sends("goodbye");
    ASSERT_TRUE(you.paused()) << "you read ann's datagram and never tried to answer";
    ann.closes();
    bob.sends("hello");
    you.resume();
    bob.expects("hello");
    you.keeps_serving();
}

TEST(Hostile, PassesOverWhatAnEarlierAnswerMet)
{
    Learner you{{.rule = "ECONNREFUSED is the news of an earlier answer, whose client is gone: it is passed over.",
                 .why = "The call that tells it has done nothing, and each news is told once. Make the call again: this datagram "
                        "has nothing to do with it.",
                 .read = "man 7 udp, \"Error handling\"",
                 .ask = "Q98"}};
    you.first(Family::reading, 9).fails(ECONNREFUSED); // nine clients are gone
    you.first(Family::writing, 9).fails(ECONNREFUSED);
    you.run(serves);
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
    you.keeps_serving();
}

TEST(Hostile, HearsTheNewsOfItsOneClient)
{
    Learner you{
        {.rule =
             "a client that was gone, and is back, is served: the news that it was gone ends nothing, and wakes nobody for long.",
         .why = "The caller has connected the socket to its one client, so the kernel keeps the news of the answer that "
                "nobody took. Until a call takes it, poll() says POLLERR at once, each time: who waits for POLLIN alone spins.",
         .read = "man 7 udp, \"Error handling\"; man 2 poll, POLLERR",
         .ask = "Q92, Q98"}};
    UdpPeer ann = you.connected_udp_wire("ann");
    you.may_change("IP_PKTINFO"); // that is what enable_pktinfo() is for
    you.may_change("IP_RECVORIGDSTADDR");
    you.nth(Family::writing, 1).pauses();
    you.run([&] {
        kata::enable_pktinfo(you.fd());
        for (int i = 0; i < 2; ++i)
            serves_one(you.fd());
    });
    ann.sends("goodbye");
    ASSERT_TRUE(you.paused()) << "you read ann's datagram and never tried to answer";
    ann.refuses();
    you.resume();
    you.settles();
    ann.restarts();
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}
