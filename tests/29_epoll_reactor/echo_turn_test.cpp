// echo_turn() alone: one turn of one client.
#include "turns.h"

#include <cerrno>
#include <cstring>
#include <sys/ioctl.h>
#include <thread>

using namespace turns;

TEST(Robust, DoesNotWaitWhenNothingCame)
{
    for (const bool nonblocking : {false, true}) {
        Learner you{{.rule = "nothing to read is neither the end nor a reason to wait: the client waits on, for its next bytes.",
                     .why = "Readiness is news of a moment ago: it may be gone when you look (EAGAIN). On a blocking socket only "
                            "MSG_DONTWAIT keeps recv() from sleeping.",
                     .read = "man 2 recv, MSG_DONTWAIT and EAGAIN; man 2 select, BUGS",
                     .ask = "Q33, Q80"}};
        Peer ann = you.wire("ann", {.nonblocking = nonblocking});
        you.run([&] {
            std::vector<std::byte> rest;
            const auto goes_on = [&](const std::string& when) {
                const std::uint32_t next = calls("echo_turn(3, IN)", [&] { return kata::echo_turn(you.fd(), EPOLLIN, rest); });
                expects((next & EPOLLIN) != 0, "echo_turn() waits for EPOLLIN " + when,
                        next == 0 ? "it is over" : in_words(next));
            };
            goes_on("when nothing came");
            wait_for_the_test();
            goes_on("when it has answered");
            wait_for_the_test();
            expects(kata::echo_turn(you.fd(), EPOLLIN, rest) == 0, "echo_turn() is over at the end of the stream: 0",
                    "it is not");
        });
        ann.sends("hello");
        ASSERT_TRUE(you.paused());
        you.resume();
        ann.expects("hello");
        ann.finishes_writing();
        you.finishes();
    }
}

TEST(Robust, IsOverAtAnyError)
{
    Learner you{{.rule = "an error of recv() or send() other than EAGAIN is the end of this client, at once: 0.",
                 .why = "A reset is told once: the next recv() says 0, as at the end of a stream. And a shortage is not over in "
                        "the next moment: who tries again, turns and turns.",
                 .read = "man 2 recv, ERRORS; man 2 send, ERRORS; man 7 tcp, ERRORS",
                 .ask = "Q42, Q80"}};
    Peer ann = you.wire("ann");
    constexpr int reading[] = {ECONNRESET, ETIMEDOUT, ENOMEM}, writing[] = {ECONNRESET, EPIPE, ENOBUFS};
    for (std::uint32_t n = 0; n < 3; ++n) {
        you.nth(Family::reading, n + 1).fails(reading[n]);
        you.nth(Family::writing, n + 1).fails(writing[n]);
    }
    you.run([&] {
        const auto is_over = [&](std::uint32_t events, const std::string& old, int error) {
            std::vector<std::byte> rest(bytes(old).begin(), bytes(old).end());
            const std::uint32_t next =
                calls("echo_turn(3, " + in_words(events) + ")", [&] { return kata::echo_turn(you.fd(), events, rest); });
            expects(next == 0, std::string{"echo_turn() is over at "} + ::strerrorname_np(error) + ": 0",
                    "it waits for " + in_words(next));
        };
        for (const int error : reading)
            is_over(EPOLLIN, "", error);
        for (const int error : writing)
            is_over(EPOLLOUT, "old news", error);
    });
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, SendsTheRestBeforeItReadsMore)
{
    Learner you{{.rule = "as long as something waits to be sent, nothing more is read.",
                 .why =
                     "Who reads on meanwhile keeps more with each turn, and does not slow the client down. What is unread in the "
                     "kernel does: its window closes.",
                 .read = "man 7 tcp, tcp_rmem; man 2 send, EAGAIN",
                 .ask = "Q57, Q69, Q77"}};
    Peer ann = you.wire("ann", {.nonblocking = true});
    you.nth(Family::writing, 1).moves_at_most(3);
    you.nth(Family::writing, 2).fails(EAGAIN);
    you.run([&] {
        const std::string old = "old news";
        std::vector<std::byte> rest(bytes(old).begin(), bytes(old).end());
        wait_for_the_test();
        std::uint32_t next = EPOLLOUT;
        for (int i = 0; i < 3 && !rest.empty(); ++i) {
            next = calls("echo_turn(3, OUT)", [&] { return kata::echo_turn(you.fd(), EPOLLOUT, rest); });
            expects(old.ends_with(text(rest)), "kept is what was not sent of \"old news\"", std::string{text(rest)});
            expects((next & EPOLLOUT) != 0 || rest.empty(), "echo_turn() waits for EPOLLOUT", in_words(next));
        }
        expects((next & EPOLLIN) != 0, "when all is sent, echo_turn() waits for EPOLLIN", in_words(next));
        calls("echo_turn(3, IN)", [&] { return kata::echo_turn(you.fd(), EPOLLIN, rest); });
    });
    ann.sends(", and new");
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects("old news, and new");
    you.finishes();
}

TEST(Robust, DoesNotWaitForRoomForAllOfIt)
{
    Learner you{
        {.rule = "EPOLLOUT promises some room, and not room for all that is left over: never wait, on a blocking socket, too.",
         .why = "A blocking send() sleeps until its kernel has the last byte: here for as long as ann does not read.",
         .read = "man 7 epoll, EPOLLOUT; man 2 send, MSG_DONTWAIT",
         .ask = "Q57, Q69, Q80"}};
    Peer ann = you.wire("ann", {.learner_send_buffer = 4096, .peer_receive_buffer = 4096});
    you.run([&] {
        const std::string old = pattern(65536);
        std::vector<std::byte> rest(bytes(old).begin(), bytes(old).end());
        const std::uint32_t next = calls("echo_turn(3, OUT)", [&] { return kata::echo_turn(you.fd(), EPOLLOUT, rest); });
        expects(!rest.empty() && rest.size() < old.size(), "a part of the 65536 bytes is kept", std::to_string(rest.size()));
        expects((next & EPOLLOUT) != 0, "echo_turn() waits for EPOLLOUT", in_words(next));
    });
    you.finishes();
}

TEST(Robust, KeepsNothingBack)
{
    Learner you{{.rule = "what has come is answered now: a full buffer does not say that more will come.",
                 .why = "After MSG_MORE the kernel keeps the last piece back for 200 ms, and the client waits for it.",
                 .read = "man 2 send, MSG_MORE; man 7 tcp, TCP_CORK",
                 .ask = "Q64"}};
    Peer ann = you.wire("ann");
    constexpr std::size_t sizes[] = {1024, 2048, 4096, 8192, 16384, 32768}; // a buffer is full then, and no byte is left
    you.run([&] {
        std::vector<std::byte> rest;
        for ([[maybe_unused]] const std::size_t size : sizes) {
            wait_for_the_test();
            std::uint32_t next = EPOLLIN;
            for (int unread = 1; next != 0 && (unread > 0 || !rest.empty()); ::ioctl(you.fd(), FIONREAD, &unread))
                next = kata::echo_turn(you.fd(), rest.empty() ? EPOLLIN : EPOLLOUT, rest);
        }
        wait_for_the_test();
    });
    for (const std::size_t size : sizes) {
        ann.sends(pattern(size));
        ASSERT_TRUE(you.paused());
        you.resume();
        you.settles();
        bool more = false; // what the last one said
        for (const CallRecord& call : you.calls())
            if (call.call == Call::send || call.call == Call::sendto || call.call == Call::sendmsg)
                more = (call.args[1] & MSG_MORE) != 0;
        expects(!more, "nothing is left to be sent, and ann has it all", "your last send() said MSG_MORE: the kernel keeps it");
        ann.expects_size(size);
    }
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, EchoesForTwoThreads)
{
    Learner you{{.rule = "two threads, each with a reactor of its own, may be in echo_turn() at the same time.",
                 .why = "A static buffer is one for all threads: what one has read, the other overwrites before it is sent. Here "
                        "one stands before its send().",
                 .read = "man 7 pthreads, Thread-safe functions",
                 .ask = "Q122"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.nth(Family::writing, 1).pauses();
    you.run([&] {
        const auto echoes = [](int fd) {
            char first = 0; // until something comes
            ::recv(fd, &first, 1, MSG_PEEK);
            std::vector<std::byte> rest;
            calls("echo_turn()", [&] { return kata::echo_turn(fd, EPOLLIN, rest); });
        };
        std::vector<std::byte> nothing;
        kata::echo_turn(you.fd(0), EPOLLIN, nothing); // a stub throws here, and not in a thread
        const std::jthread other{[&]() noexcept { echoes(you.fd(1)); }};
        echoes(you.fd(0));
    });
    ann.sends("ann's own");
    ASSERT_TRUE(you.paused());
    bob.sends("bob's own");
    bob.expects("bob's own");
    you.resume();
    ann.expects("ann's own");
    you.finishes();
}
