// What cannot be sent, or reaches nobody.
#include "asks.h"

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
