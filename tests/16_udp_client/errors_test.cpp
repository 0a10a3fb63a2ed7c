// What cannot be sent, or reaches nobody.
#include "asks.h"

#include <fcntl.h>
#include <iterator>

using namespace lab;

TEST(Robust, SaysAtOnceThatNobodyIsThere)
{
    Learner you{
        {.rule = "where nobody is bound to the port, throw ECONNREFUSED at once; the socket can ask again.",
         .why = "An ICMP message comes back, and your next call tells it, if the socket is connected: Linux tells no other.",
         .read = "man 2 connect, DESCRIPTION; man 7 udp, \"Error handling\"",
         .ask = "Q94, Q98"}};
    const auto asks_twice = [](Client& client) {
        expects_error(ECONNREFUSED, [&] { ask(client, "ping"); });
        wait_for_the_test();
        pings_once(client);
    };
    UdpPeer bob = asked_by(you, asks_twice, "127.0.0.1", false);
    ASSERT_TRUE(you.paused()) << "ask() did not come back";
    EXPECT_EQ(1, you.count(Family::writing)) << "requests sent to nobody";
    bob.restarts();
    you.resume();
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
}

TEST(Robust, LeavesNothingBehindWhenItCannotConnect)
{
    Learner you{{.rule = "connect() of a UDP socket can fail: no route leads there. Throw that, and close the socket.",
                 .why = "It sends nothing, but it chooses a route and your own address.",
                 .read = "man 2 connect, ERRORS; man 2 socket, SOCK_CLOEXEC",
                 .ask = "Q94"}};
    UdpPeer bob = you.udp_host("bob");
    you.nth(Family::connecting, 1).fails(ENETUNREACH);
    you.run([where = bob.address()] {
        expects_error(ENETUNREACH, [&] { Client{kata::parse_endpoint(where)}; });
        const Client client{kata::parse_endpoint(where)};
        expects_closed_on_exec(3); // the lowest that was free
    });
    you.finishes();
}

TEST(Robust, AsksThroughADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{
        {.rule = "the client's descriptor may lie above 1023: it asks as any other does.",
         .why = "A program with many connections has a client among them. An fd_set of select() has 1024 bits: FD_SET of 1100 "
                "writes behind it, into whatever stands there.",
         .read = "man 2 select, BUGS; man 2 poll",
         .ask = "Q94"},
        {.descriptors = 2048}};
    UdpPeer bob = you.udp_host("bob");
    you.run([where = bob.address()] {
        std::vector<kata::UniqueFd> taken;
        for (int i = 0; i < 1100; ++i)
            taken.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        Client client{kata::parse_endpoint(where)};
        pings_once(client);
    });
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
}

TEST(Robust, SaysWhatIsTooLarge)
{
    Learner you{{.rule = "a question that does not fit a datagram is EMSGSIZE, and the socket can ask again.",
                 .why = "send() says so, and has sent nothing. No other try could mend it. Half a question is another one.",
                 .read = "man 2 send, EMSGSIZE",
                 .ask = "Q95"}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        for (const std::size_t size : {65508u - 4, 65544u - 4}) // the second: its length is 8 in 16 bits
            expects_error(EMSGSIZE, [&] { ask(client, pattern(size), short_try, 1); });
        pings_once(client);
    });
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
    EXPECT_EQ(0ms, you.took()) << "waited, where nothing was sent";
}

TEST(Robust, ThrowsWhatACallSays)
{
    Learner you{{.rule = "what a call says when it fails is thrown, by the first call that says it, and not tried again.",
                 .why =
                     "The news of the first try may come out of the send() of the second: nobody is there. Who sends again, or "
                     "waits on, lets the caller wait for what is known already.",
                 .read = "man 7 udp, \"Error handling\"; man 2 send, ERRORS; man 2 recv, ERRORS",
                 .ask = "Q98"}};
    constexpr int reasons[] = {ECONNREFUSED, EHOSTUNREACH, ENOBUFS, ENETUNREACH, EPERM, EACCES};
    for (std::uint32_t n = 0; n < std::size(reasons); ++n)
        you.nth(Family::writing, 2 * n + 2).fails(reasons[n]);
    UdpPeer bob = asked_by(you, [&](Client& client) {
        for (const int reason : reasons)
            expects_error(reason, [&] { ask(client, "ping", short_try, 3); });
    });
    for ([[maybe_unused]] const int reason : reasons)
        bob.receives("lost");
    you.finishes();
    EXPECT_EQ(150ms, you.took()) << "for six first tries of 25 ms";
}

TEST(Robust, KnowsAnAnswerToAQuestionThatFailed)
{
    Learner you{{.rule = "a question that was sent has used its id up, whatever ended it: an exception, too.",
                 .why = "The first try has reached the server. Its answer may still come, and must not answer the next question.",
                 .read = "RFC 8085 section 3.3",
                 .ask = "Q99"}};
    you.nth(Family::writing, 2).fails(ENOBUFS);
    UdpPeer bob = asked_by(you, [](Client& client) {
        expects_error(ENOBUFS, [&] { ask(client, "time?", short_try, 3); });
        EXPECT_EQ("12:01", ask(client, "time?"));
    });
    const std::string first = id_of(bob.receives("lost")), second = id_of(bob.receives());
    bob.sends(first + "12:00");
    bob.sends(second + "12:01");
    you.finishes();
}

TEST(Robust, ThrowsWhatKeepsItFromReading)
{
    for (const int reason : {EHOSTUNREACH, ENOMEM, ENOPROTOOPT, EACCES, EPROTO}) {
        Learner you{{.rule = "a recv() that fails is thrown: it is neither silence nor a strange datagram.",
                     .why =
                         "A router says that no way leads there (EHOSTUNREACH, EACCES...), or the machine has no memory. Neither "
                         "is an answer that is late.",
                     .read = "man 7 ip, ERRORS; man 2 recv, ERRORS",
                     .ask = "Q98"}};
        you.first(Family::reading, 2).fails(reason);
        UdpPeer bob = asked_by(you, [=](Client& client) { expects_error(reason, [&] { ask(client, "ping"); }); });
        const UdpPeer::Datagram request = bob.receives();
        if (request.came) // or it has read, and thrown, before it sent
            bob.sends(id_of(request) + "pong");
        you.finishes();
    }
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, nothing leaks, and the client can ask again.",
                            .why = "Silence is \"nobody answered\"; a machine without memory is something else.",
                            .read = "man 3 errno, NOTES; man 2 poll, ENOMEM; man 2 send, ENOBUFS",
                            .ask = "Q29, Q75"};
    whichever_call_fails([&] {
        Learner you{lesson};
        UdpPeer bob = you.udp_host("bob");
        you.run([where = bob.address()] {
            std::optional<Client> client;
            std::string answer;
            told_then_done([&] { client.emplace(kata::parse_endpoint(where)); });
            told_then_done([&] { answer = ask(*client, "ping"); });
            EXPECT_EQ("pong", answer);
        });
        for (UdpPeer::Datagram request = bob.receives(); request.came; request = bob.receives())
            bob.sends(id_of(request) + "pong");
        you.finishes();
    });
}
