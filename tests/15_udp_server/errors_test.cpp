// udp_echo_once(): what fails, and for how long it waits.
#include "15_udp_server/udp_server.h"

#include "lab/lab.h"

#include <fcntl.h>
#include <iterator>
#include <sys/socket.h>

using namespace lab;

TEST(Robust, TriesAgainOnlyWhatCanPass)
{
    Learner you{{.rule = "EINTR is no failure: a signal came, nothing was done, call again. EBADF and ENOTSOCK stay: throw them.",
                 .why = "Any call that can sleep can end with EINTR, and the next one too. Trying again helps only where the "
                        "next call can do better. And "
                        "a call that gave 0 has not failed: errno still has the reason of the one before.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 recv, ERRORS",
                 .ask = "Q29, Q88"}};
    you.first(Family::reading, 3).fails(EINTR);
    you.first(Family::writing, 3).fails(EINTR);
    UdpPeer ann = you.udp_wire("ann");
    you.run([&] {
        std::vector<std::byte> scratch(8);
        for (const std::size_t size : {0u, 5u})
            EXPECT_EQ(size, kata::udp_echo_once(you.fd(), scratch).size) << "the size that you report";
        expects_error(EBADF, [&] { kata::udp_echo_once(63, scratch); }); // which is not open
        const kata::UniqueFd file{::open("/dev/null", O_RDWR | O_CLOEXEC)};
        expects_error(ENOTSOCK, [&] { kata::udp_echo_once(file.get(), scratch); });
    });
    ann.sends("");
    ann.expects("");
    ann.sends("hello");
    ann.expects("hello");
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
                {.stack_kib = 1024, .idle_calls = 0}};
    you.first(Family::reading, 20'000).fails(EINTR);
    UdpPeer ann = you.udp_wire("ann");
    you.run([&] {
        std::vector<std::byte> scratch(8);
        expects(kata::udp_echo_once(you.fd(), scratch).echoed, "echoed is true: the answer was sent", "it is false");
    });
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, WaitsOnADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "the server's descriptor may lie above 1023: it is served like any other.",
                 .why = "An fd_set of select() has 1024 bits. FD_SET of 1100 writes behind it, into whatever stands there.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q70, Q92"},
                {.descriptors = 2048}};
    you.run([] {
        std::vector<kata::UniqueFd> taken;
        for (int i = 0; i < 1100; ++i)
            taken.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint("127.0.0.1:0"));
        std::vector<std::byte> scratch(64);
        expects(kata::udp_echo_once(server.get(), scratch).echoed, "echoed is true: the answer was sent", "it is false");
    });
    UdpPeer ann = you.udp("ann");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, DoesNotWaitForMemory)
{
    Learner you{{.rule = "a machine without memory is an error of this call, and told: ENOMEM.",
                 .why = "The datagram stays in the queue, so the next call is made at once: a loop that burns the CPU, just when "
                        "the machine is short of everything. The caller may wait, or give something back.",
                 .read = "man 2 recv, ENOMEM",
                 .ask = "Q29"}};
    you.nth(Family::reading, 1).fails(ENOMEM);
    UdpPeer ann = you.udp_wire("ann");
    you.run([&] {
        std::vector<std::byte> scratch(8);
        expects_error(ENOMEM, [&] { kata::udp_echo_once(you.fd(), scratch); });
    });
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, WaitsAsLongAsItTakes)
{
    Learner you{{.rule = "a server waits for ever, asleep; a datagram wakes it at once. Nothing else does.",
                 .why = "A limit that nobody asked for ends a server at night, and a fixed pause makes each sender wait for it.",
                 .read = "man 2 recv, DESCRIPTION; man 2 poll, timeout",
                 .ask = "Q92"}};
    UdpPeer ann = you.udp_wire("ann");
    you.run([&] {
        std::vector<std::byte> scratch(64);
        for (int i = 0; i < 2; ++i)
            kata::udp_echo_once(you.fd(), scratch);
    });
    you.time_passes(20ms);
    const int looks = you.waits_in_vain();
    ann.sends("hello");
    ann.expects("hello");
    ASSERT_TRUE(you.waits_in_vain() == looks) << "you slept for a fixed time before you looked again";
    you.time_passes(10min);
    if (you.waits_in_vain() == looks) // else it looks up now and then, has no such limit, and each look costs time
        you.time_passes(25 * 24h);    // more milliseconds than an int has
    ann.sends("good morning");
    ann.expects("good morning");
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is thrown, or the answer is lost; nothing leaks, and the next works.",
        .why = "A close() on the way out can fail and change errno. And a machine without memory is no quiet sea.",
        .read = "man 3 errno, NOTES; man 2 bind, ERRORS; man 2 recv, ENOMEM",
        .ask = "Q71, Q75, Q98"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.run([&] {
                kata::UniqueFd server;
                std::vector<std::byte> scratch(8);
                kata::Received received;
                told_then_done([&] { server = kata::udp_bind(kata::parse_endpoint(ip == "::1" ? "[::1]:0" : "127.0.0.1:0")); });
                while (!received.echoed)
                    told_then_done([&] { received = kata::udp_echo_once(server.get(), scratch); });
            });
            UdpPeer ann = you.udp("ann");
            ann.sends("hello");
            ann.sends("hello"); // the first answer may be lost
            ann.expects("hello");
            you.finishes();
        });
    });
}

TEST(Hostile, SurvivesASenderThatIsGone)
{
    Learner you{
        {.rule = "a sender that is gone costs nobody else anything: not the server, not another sender's answer.",
         .why = "What was sent to a closed port comes back as ICMP, and a later call tells it: ECONNREFUSED, once for each. That "
                "call did nothing; make it again.",
         .read = "man 7 udp, \"Error handling\"",
         .ask = "Q98"}};
    you.nth(Family::writing, 1).pauses();
    std::uint32_t n = 1;
    for (const int news : {ECONNREFUSED, EINTR, ECONNREFUSED, ECONNREFUSED}) { // three senders are gone, and a signal comes
        you.nth(Family::reading, ++n).fails(news);
        you.nth(Family::writing, n).fails(news);
    }
    you.run([] {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint("127.0.0.1:0"));
        std::vector<std::byte> scratch(16);
        EXPECT_EQ(7u, kata::udp_echo_once(server.get(), scratch).size) << "the size that you report of bob's datagram";
        EXPECT_EQ(12u, kata::udp_echo_once(server.get(), scratch).size) << "the size that you report of ann's datagram";
    });
    UdpPeer ann = you.udp("ann"), bob = you.udp("bob");
    bob.sends("goodbye");
    ASSERT_TRUE(you.paused()) << "you read bob's datagram and never tried to answer";
    bob.closes();
    you.resume();
    ann.sends("still there?");
    ann.expects("still there?");
    you.finishes();
    expects(you.waits_in_vain() == 0, "the call is made again at once", "you slept for a fixed time first");
}

TEST(Hostile, HearsTheNewsOfItsOneSender)
{
    Learner you{{.rule = "a sender that was gone, and is back, is answered: the news that it was gone wakes nobody for long.",
                 .why = "The caller has connected the socket to its one sender, so the kernel keeps the news of the answer that "
                        "nobody took. Until a call takes it, poll() says POLLERR at once, each time: who waits for POLLIN alone "
                        "spins.",
                 .read = "man 7 udp, \"Error handling\"; man 2 poll, POLLERR",
                 .ask = "Q92, Q98"}};
    UdpPeer ann = you.connected_udp_wire("ann");
    you.nth(Family::writing, 1).pauses();
    you.run([&] {
        std::vector<std::byte> scratch(16);
        for (int i = 0; i < 2; ++i)
            kata::udp_echo_once(you.fd(), scratch);
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

TEST(Hostile, LosesAnAnswerThatCannotBeSent)
{
    Learner you{{.rule = "an answer that cannot be sent is one lost datagram, which the caller is told, and not the end.",
                 .why = "The sender chose the address; the routes of this machine may forbid it (EACCES) or not know it "
                        "(EHOSTUNREACH), or a queue is full (ENOBUFS). If that throws, any stranger can stop the server.",
                 .read = "man 7 ip, ERRORS; man 2 send, ERRORS",
                 .ask = "Q96, Q98"}};
    UdpPeer ann = you.udp_wire("ann");
    constexpr int reasons[] = {EACCES, EHOSTUNREACH, ENETUNREACH, EPERM, ENOBUFS, ENOMEM, EINVAL};
    for (std::uint32_t n = 0; n < std::size(reasons); ++n)
        you.nth(Family::writing, n + 1).fails(reasons[n]);
    you.run([&] {
        std::vector<std::byte> scratch(8);
        for ([[maybe_unused]] const int reason : reasons) {
            const kata::Received received = kata::udp_echo_once(you.fd(), scratch);
            EXPECT_EQ(5u, received.size) << "the size that you report";
            expects(!received.echoed, "echoed is false: the answer was not sent", "it is true");
        }
        expects(kata::udp_echo_once(you.fd(), scratch).echoed, "the next one is answered: echoed is true", "it is false");
    });
    for (std::size_t i = 0; i <= std::size(reasons); ++i)
        ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}
