#include "16_udp_client/udp_client.h"

#include "lab/lab.h"

#include <chrono>
#include <csignal>

using namespace lab;

namespace {

using Client = kata::UdpClient;
constexpr int long_enough = 60'000, short_try = 25; // milliseconds: no test waits so long; the time must run out
// A limit that is rounded down, and so a spin of its last millisecond, is no busy loop yet.
constexpr Limits short_run{.deadline = 1500ms, .idle_calls = 3000};

std::string ask(Client& client, std::string_view question, int per_try_ms = long_enough, int tries = 3)
{
    const auto answer = client.ask(bytes(question), per_try_ms, tries);
    return answer ? std::string{text(*answer)} : "(no answer)";
}

// The server, of whom the learner has a client, and does this with it.
UdpPeer asked_by(Learner& you, const std::function<void(Client&)>& act, const char* ip = "127.0.0.1", bool is_there = true)
{
    UdpPeer host = you.udp_host("bob", ip);
    if (!is_there)
        host.refuses();
    you.run([=, where = host.address()] {
        Client client{kata::parse_endpoint(where)};
        act(client);
    });
    return host;
}

void pings_once(Client& client) { EXPECT_EQ("pong", ask(client, "ping")); }
void pings_twice(Client& client)
{
    pings_once(client);
    EXPECT_EQ("(no answer)", ask(client, "ping", short_try, 2));
}
std::string id_of(const UdpPeer::Datagram& request) { return request.bytes.substr(0, 4); }

} // namespace

TEST(Works, AsksAndReturnsTheAnswer)
{
    Learner you{{.rule = "a request is one datagram, the id and the question; behind the same id comes the answer.",
                 .why = "A datagram arrives whole or not at all: what you send in two calls is two requests.",
                 .read = "man 7 udp, DESCRIPTION; man 2 send",
                 .ask = "Q94, Q96"}};
    UdpPeer bob = asked_by(you, [](Client& client) { EXPECT_EQ(std::string("po\0ng", 5), ask(client, {"pi\0ng", 5})); });
    const UdpPeer::Datagram request = bob.receives();
    EXPECT_EQ(std::string("pi\0ng", 5), std::string{request.bytes}.erase(0, 4)) << "with four bytes of id in front";
    bob.expects_silence(); // one request: there is time enough for its answer
    bob.sends(id_of(request) + std::string{"po\0ng", 5});
    you.finishes();
}

TEST(Works, AsksAgainWhenNothingComes)
{
    Learner you{{.rule = "what nobody answers is sent again, the same bytes from the same socket; any try may be answered.",
                 .why = "Was the request lost, or its answer, or is one slow? By the id the server knows the request again.",
                 .read = "RFC 8085 section 3.3; man 2 poll",
                 .ask = "Q99"},
                short_run};
    UdpPeer bob = asked_by(you, [](Client& client) { EXPECT_EQ("pong", ask(client, "ping", short_try, 1000)); });
    const UdpPeer::Datagram first = bob.receives(), second = bob.receives("lost");
    EXPECT_EQ(first.bytes, second.bytes) << "the second try, and the first";
    bob.aims_at(first.from_port);
    bob.sends(id_of(first) + "pong");
    you.finishes();
}

TEST(Works, AsksOverIPv6)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "the address decides what the socket is: its family, and its size.",
                 .why = "An IPv6 address has 28 bytes, of which a sockaddr holds 16.",
                 .read = "man 7 ipv6, \"Address format\"; man 2 connect",
                 .ask = "Q6"}};
    UdpPeer bob = asked_by(you, pings_once, "::1");
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
}

TEST(Robust, GivesUpWhenAllTriesHavePassed)
{
    Learner you{{.rule = "three tries are three datagrams, each with its own time, the last one too; then nothing is the answer.",
                 .why = "Silence is daily life for UDP. When the time limit of a call ends (EAGAIN), a try has ended: no error.",
                 .read = "RFC 8085 section 3.1.1; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q99"},
                short_run};
    UdpPeer bob = asked_by(you, [](Client& client) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ("(no answer)", ask(client, "ping", short_try, 3));
        const auto ms = (std::chrono::steady_clock::now() - start) / 1ms; // rounded down is no mistake
        expects(ms >= 3 * (short_try - 1), "it waits for 3 tries of 25 ms", "it gave up after " + std::to_string(ms) + " ms");
    });
    you.finishes();
    int requests = 0;
    while (bob.waiting() > 0 && bob.receives("lost").came)
        ++requests;
    EXPECT_EQ(3, requests) << "requests that bob got";
    for (const CallRecord& call : you.calls())
        expects(family_of(call.call) != Family::waiting || call.args[1] <= short_try + 1, "no wait of more than 25 ms",
                "one of " + std::to_string(call.args[1]));
}

TEST(Robust, KnowsAnAnswerToAnEarlierQuestion)
{
    Learner you{{.rule = "an answer to an earlier question is not the answer to this one, even to the same question.",
                 .why = "A datagram may come twice, and one that was given up may still come. Only the id tells.",
                 .read = "RFC 8085 section 3.3",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        for (const char* time : {"12:00", "12:01"})
            EXPECT_EQ(time, ask(client, "time?"));
    });
    const std::string first = id_of(bob.receives());
    bob.sends(first + "12:00");
    const std::string second = id_of(bob.receives());
    bob.sends(first + "12:00");
    bob.sends(second + "12:01");
    you.finishes();
}

TEST(Robust, TakesAnySize)
{
    Learner you{{.rule = "an empty answer is an answer; there is room for the largest; send() says what is too large.",
                 .why = "What does not fit your buffer is cut off without a word. And no other try could mend EMSGSIZE.",
                 .read = "man 2 recv, RETURN VALUE and MSG_TRUNC; man 2 send, EMSGSIZE",
                 .ask = "Q95, Q97"}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        EXPECT_EQ("", ask(client, ""));
        const std::string most = pattern(65507 - 4), answer = ask(client, most);
        expects(answer == most, "an answer of 65503 bytes, unchanged", "one of " + std::to_string(answer.size()));
        expects_error(EMSGSIZE, [&] { ask(client, most + ".", short_try, 1); });
    });
    bob.sends(bob.receives().bytes);
    bob.sends(bob.receives().bytes);
    you.finishes();
}

TEST(Robust, SaysAtOnceThatNobodyIsThere)
{
    Learner you{{.rule = "where nobody is bound to the port, throw ECONNREFUSED at once; the socket can ask again.",
                 .why = "An ICMP message comes back, and the next call tells it. Only on a connected socket: udp(7) errs.",
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

TEST(Robust, ASignalIsNoAnswer)
{
    Learner you{{.rule = "a signal is no error, no reason to send again, and no more time: wait for the rest of it.",
                 .why = "EINTR says that nothing came yet. If each signal starts the time limit anew, a timer makes it endless.",
                 .read = "man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q29, Q99"},
                short_run};
    UdpPeer bob = asked_by(you, pings_twice);
    const UdpPeer::Datagram request = bob.receives();
    you.gets_signal(SIGUSR1);
    bob.expects_silence();
    bob.sends(id_of(request) + "pong");
    while (!you.is_done()) {
        you.time_passes(5ms);
        you.gets_signal(SIGUSR1);
    }
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

TEST(Hostile, BelievesTheServerOnly)
{
    Learner you{{.rule = "what another address or port sends is not the server's answer, even with the right id.",
                 .why = "Anybody may send to your port. A connected socket gets only what comes from its peer.",
                 .read = "man 2 connect, DESCRIPTION",
                 .ask = "Q94, Q99"}};
    UdpPeer bob = asked_by(you, pings_once), eve = you.udp_host("eve");
    const UdpPeer::Datagram request = bob.receives();
    eve.aims_at(request.from_port);
    eve.sends(id_of(request) + "evil");
    bob.sends(id_of(request) + "pong");
    you.finishes();
}

TEST(Hostile, ThrowsAwayWhatIsNoAnswer)
{
    Learner you{{.rule = "a datagram that is empty, shorter than an id, or has another id is no answer: wait on.",
                 .why = "No stream ends here, and nothing failed. And if you send again for each, you flood the server.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q97, Q99"}};
    UdpPeer bob = asked_by(you, pings_once);
    const std::string id = id_of(bob.receives());
    ASSERT_EQ(4u, id.size());
    bob.sends("");
    bob.sends(static_cast<char>(id[0] ^ 1) + id.substr(1));
    bob.sends(id.substr(0, 1)); // in front of the last three bytes of the datagram before, it looks like the id
    bob.sends(id.substr(0, 3) + static_cast<char>(id[3] ^ 1) + "another");
    bob.sends("x" + id + "late");
    bob.expects_silence();
    bob.sends(id + "pong");
    you.finishes();
}

TEST(Hostile, AFloodBuysNoTime)
{
    Learner you{{.rule = "each try ends at its point in time, however much junk has come by then.",
                 .why = "A call's limit begins anew with each datagram; who empties the queue first never sees the clock.",
                 .read = "man 7 socket, SO_RCVTIMEO; man 2 poll, DESCRIPTION",
                 .ask = "Q99"},
                short_run};
    you.every(Family::reading).is_delayed(5ms);
    you.nth(Family::writing, 2).pauses();
    UdpPeer bob = asked_by(you, pings_twice);
    bob.sends(id_of(bob.receives()) + "pong");
    ASSERT_TRUE(you.paused()) << "you never sent a second request";
    for (int i = 0; i < 60; ++i)
        bob.sends("junk");
    you.resume();
    you.finishes();
    expects(you.count(Family::reading) <= 30, "a dozen calls to read, of 5 ms each, in two tries of 25 ms",
            std::to_string(you.count(Family::reading)));
}
