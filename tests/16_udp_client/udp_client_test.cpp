// What goes out, and which answer is believed.
#include "asks.h"

using namespace lab;

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
    expects(you.waits_in_vain() == 0, "you were asleep until the answer came, and it woke you",
            "you slept for a fixed time before you looked again");
}

TEST(Works, AsksAgainWhenNothingComes)
{
    Learner you{{.rule = "what nobody answers is sent again, the same bytes from the same socket; any try may be answered.",
                 .why = "Was the request lost, or its answer, or is one slow? By the id the server knows the request again.",
                 .read = "RFC 8085 section 3.3; man 2 poll",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, [](Client& client) { EXPECT_EQ("pong", ask(client, "ping", short_try, 20)); });
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

TEST(Robust, AsksAServerBehindAnInterface)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "a link-local server is reached with its interface only: fe80::5%7 is not fe80::5.",
                 .why = "The same address may be in use behind each network card. sin6_scope_id says which one it is: connect to "
                        "the whole address that you were given.",
                 .read = "man 7 ipv6, sin6_scope_id; man 2 connect",
                 .ask = "Q6, Q94"}};
    UdpPeer bob = you.udp_host("bob", "::1");
    you.peers_are_called("fe80::5%7");
    you.run([where = "[fe80::5%7]:" + std::to_string(bob.port())] {
        Client client{kata::parse_endpoint(where)};
        pings_once(client);
    });
    bob.sends(id_of(bob.receives()) + "pong");
    you.finishes();
}

TEST(Robust, BelievesTheServerOnly)
{
    constexpr Lesson lesson{.rule = "what another address or port sends is not the server's answer, even with the right id.",
                            .why = "Anybody may send to your port. A connected socket gets only what comes from its peer.",
                            .read = "man 2 connect, DESCRIPTION",
                            .ask = "Q94, Q99"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        UdpPeer bob = asked_by(you, pings_once, ip), eve = you.udp_host("eve", ip);
        const UdpPeer::Datagram request = bob.receives();
        eve.aims_at(request.from_port, ip);
        eve.sends(id_of(request) + "evil");
        bob.sends(id_of(request) + "pong");
        you.finishes();
    });
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

TEST(Robust, KnowsAnAnswerToAQuestionThatWasGivenUp)
{
    Learner you{{.rule = "each call has an id of its own, also after one that ended without an answer.",
                 .why = "The answer to it may still come, a second too late, and must not answer the next question.",
                 .read = "RFC 8085 section 3.3",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        EXPECT_EQ("(no answer)", ask(client, "time?", short_try, 1));
        EXPECT_EQ("12:01", ask(client, "time?"));
    });
    const std::string first = id_of(bob.receives("lost")), second = id_of(bob.receives());
    bob.sends(first + "12:00");
    bob.sends(second + "12:01");
    you.finishes();
}

TEST(Robust, TakesALateAnswerBehindTheNextTry)
{
    Learner you{
        {.rule =
             "the answer to the first try may come when its time is over, or just when the second goes out: it is the answer.",
         .why = "Whoever throws away what stands in the socket before it sends again, or waits, throws this away. Only the id "
                "tells what is old.",
         .read = "RFC 8085 section 3.3",
         .ask = "Q99"}};
    you.nth(Family::waiting, 1).returns_late(); // it has waited in vain. Who waits in recv() comes to the next send at once
    you.nth(Family::writing, 2).pauses();
    UdpPeer bob = asked_by(you, [](Client& client) { EXPECT_EQ("pong", ask(client, "ping", short_try, 2)); });
    const UdpPeer::Datagram request = bob.receives("lost");
    ASSERT_TRUE(you.paused()) << "you never came to a second request";
    bob.sends(id_of(request) + "pong");
    you.settles(); // it has come
    you.resume();
    you.finishes();
}

TEST(Robust, HasAnIdLeftAfterManyQuestions)
{
    Learner you{{.rule = "the id differs from call to call: that of the 257th is not that of the first again.",
                 .why = "A counter of one byte begins again after 256 questions. A network may keep a datagram for that long.",
                 .read = "RFC 8085 section 3.3",
                 .ask = "Q99"}};
    UdpPeer bob = asked_by(you, [](Client& client) {
        for (int i = 0; i <= 256; ++i)
            pings_once(client);
    });
    std::string first, id;
    for (int i = 0; i <= 256; ++i) {
        id = id_of(bob.receives());
        first = i == 0 ? id : first;
        bob.sends(id + "pong");
    }
    you.finishes();
    expects(id != first, "the 257th question has another id than the first", "it has the same");
}

TEST(Robust, TakesAnySize)
{
    constexpr Lesson lesson{.rule = "an empty question and an empty answer are legal; there is room for the largest.",
                            .why = "What does not fit your buffer is cut off without a word. IPv6 takes 20 bytes more than IPv4.",
                            .read = "man 2 recv, RETURN VALUE and MSG_TRUNC; RFC 768, Length",
                            .ask = "Q95, Q97"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        const std::size_t room = ip == "::1" ? 65527 - 4 : 65507 - 4; // 65535, less the headers that count, and the id
        UdpPeer bob = asked_by(
            you,
            [room](Client& client) {
                EXPECT_EQ("", ask(client, ""));
                const std::string most = pattern(room), answer = ask(client, most);
                expects(answer == most, "an answer of " + std::to_string(room) + " bytes, unchanged",
                        "one of " + std::to_string(answer.size()));
            },
            ip);
        bob.sends(bob.receives().bytes);
        bob.sends(bob.receives().bytes);
        you.finishes();
    });
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
    expects(you.waits_in_vain() == 0, "you wait on at once, and whatever comes wakes you", "you slept for a fixed time first");
}

TEST(Hostile, ThrowsAwayAnyNumber)
{
    Learner you{{.rule = "what is thrown away is not counted: the answer may come behind a thousand, and it is the answer.",
                 .why =
                     "A limit on what you read in one try is a limit that a flood reaches long before the time is over, and it "
                     "ends the try, or the question.",
                 .read = "RFC 8085 section 3.1.1",
                 .ask = "Q97, Q99"}};
    UdpPeer bob = asked_by(you, pings_once);
    const std::string id = id_of(bob.receives());
    for (int i = 0; i < 1100; ++i)
        bob.sends("junk");
    bob.expects_silence();
    bob.sends(id + "pong");
    you.finishes();
}
