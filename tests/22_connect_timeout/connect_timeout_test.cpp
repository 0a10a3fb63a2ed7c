// How an attempt ends.
#include "attempts.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

using namespace lab;

TEST(Works, Connects)
{
    constexpr Lesson lesson{
        .rule = "after EINPROGRESS wait until the socket is writable; then it is connected, if SO_ERROR is 0.",
        .why =
            "A non-blocking connect() begins an attempt and returns. The end of it is an event: POLLOUT. POLLIN means that the "
            "server has spoken, and it need not.",
        .read = "man 2 connect, EINPROGRESS",
        .ask = "Q26"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        Host ann = you.host("ann", ip);
        if (ip == "127.0.0.1")
            you.lacks(AF_INET6); // not every machine has it, and here nobody needs it
        you.run([&] {
            const kata::UniqueFd fd = connect(ann, an_hour);
            wait_for_the_test();
            expects_to_hear(fd.get(), "hello");
        });
        Peer server = ann.accepts();
        ASSERT_TRUE(you.paused()) << "you were not there, although ann had accepted you";
        expects_no_wait(you);
        server.sends("hello");
        you.finishes();
    });
}

TEST(Works, SaysAtOnceWhyItFailed)
{
    constexpr Lesson lesson{.rule = "writable means that the attempt is over, not that it went well: SO_ERROR tells, once.",
                            .why = "For a refused attempt poll() reports POLLOUT, too, with POLLERR and POLLHUP. SO_ERROR holds "
                                   "the reason, and reading it clears it.",
                            .read = "man 2 connect, EINPROGRESS; man 7 socket, SO_ERROR",
                            .ask = "Q25, Q26"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        Host shut = you.refusing_host("shut", ip);
        you.run([&] { EXPECT_EQ("ECONNREFUSED", outcome(shut, an_hour)); });
        you.finishes();
        expects_one_attempt(you);
        expects_no_wait(you);
    });
}

TEST(Works, GivesUpWhenTheLimitIsOver)
{
    constexpr Lesson lesson{.rule = "when the limit is over, throw ETIMEDOUT, and close the socket: so the attempt ends, too.",
                            .why =
                                "Nobody answers this SYN. The kernel repeats it for two minutes, and then says ETIMEDOUT itself.",
                            .read = "man 2 connect, ETIMEDOUT; man 7 tcp, tcp_syn_retries; man 2 poll, timeout",
                            .ask = "Q25, Q59"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson, {.own_time = 10s}};
        Host mute = you.silent_host("mute", ip);
        you.run([&] { EXPECT_EQ("ETIMEDOUT", outcome(mute, 3000)); });
        you.finishes();
        expects_took(you, 3000ms, "it gives up after 3000 ms");
        expects(you.waits_in_vain() <= 1, "one sleep, until the attempt or the time is over",
                std::to_string(you.waits_in_vain()) + " sleeps after which nothing had come");
    });
}

TEST(Robust, ReturnsAnOrdinarySocket)
{
    Learner you{{.rule = "what you return is blocking and close-on-exec, and no option of it tells how it was made.",
                 .why = "The caller does not know how the connection was made: an EAGAIN from its first recv() surprises it.",
                 .read = "man 2 fcntl, F_SETFL; man 2 socket, SOCK_CLOEXEC; man 7 socket, SO_SNDTIMEO",
                 .ask = "Q9, Q26"}};
    Host ann = you.host("ann");
    you.run([&] {
        const kata::UniqueFd fd = connect(ann, an_hour);
        expects_as_new(fd.get());
    });
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, the socket is closed, and the next try can work.",
                            .why = "errno belongs to the last call that failed: what you call in between may overwrite it.",
                            .read = "man 3 errno, NOTES; man 2 poll, ENOMEM; man 2 connect, ENETUNREACH",
                            .ask = "Q72, Q75"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host ann = you.host("ann"), shut = you.refusing_host("shut");
        you.run([&] {
            kata::UniqueFd fd;
            told_then_done([&] { fd = connect(ann, an_hour); });
            told_or_done([&] {
                const std::string came = refusal_of(shut);
                expects(came == "ECONNREFUSED", "the refusal, or the errno of the call that failed", came);
            });
            wait_for_the_test();
        });
        static_cast<void>(you.paused());
        ann.accepts();
        you.finishes();
    });
}

TEST(Robust, SaysAtOnceThatNoWayLeadsThere)
{
    constexpr Lesson lesson{
        .rule = "an attempt that cannot begin has failed: throw its errno at once, whatever is left of the limit.",
        .why =
            "The limit is how long an attempt may take. Whether another one is worth while, and when, is for the caller to say.",
        .read = "man 2 connect, ERRORS",
        .ask = "Q25, Q59"};
    for (const int error : {ENETUNREACH, EADDRNOTAVAIL}) {
        Learner you{lesson, {.own_time = 10s}};
        Host ann = you.host("ann");
        you.every(Family::connecting).fails(error);
        you.run([&] { expects_error(error, [&] { connect(ann, 3000); }); });
        you.finishes();
        expects_no_wait(you);
    }
}

TEST(Robust, WaitsOnAfterAnyNumberOfSignals)
{
    Learner you{{.rule = "however often signals end a wait, it goes on, and that costs no memory.",
                 .why =
                     "A timer of the process may tick a thousand times in a second. Who goes on by calling itself has one more "
                     "frame on the stack for each tick, and dies when it is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q27, Q88"},
                {.deadline = 30s, .cpu = 10s, .stack_kib = 1024, .idle_calls = 0}};
    Host ann = you.host("ann");
    you.first(Family::waiting, 12'000).fails(EINTR);
    you.run([&] { EXPECT_EQ("no error", outcome(ann, an_hour)); });
    you.finishes();
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other; only -1 is a failure.",
                 .why = "socket() gives the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 socket, RETURN VALUE",
                 .ask = "Q8"}};
    Host ann = you.host("ann");
    you.run([&] {
        ::close(0);
        EXPECT_EQ("no error", outcome(ann, an_hour));
    });
    you.finishes();
}

TEST(Robust, TakesADescriptorAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "the lowest free descriptor may lie above 1023.",
                 .why = "An fd_set has 1024 bits. FD_SET of 1024 writes behind it, into whatever stands there.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q70"},
                {.descriptors = 2048}};
    Host ann = you.host("ann"), mute = you.silent_host("mute");
    you.run([&] {
        std::vector<kata::UniqueFd> taken;
        while (taken.empty() || taken.back().get() < 1100)
            taken.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        EXPECT_EQ("no error", outcome(ann, 200));
        EXPECT_EQ("ETIMEDOUT", outcome(mute, 200));
    });
    you.finishes();
}

TEST(Hostile, TheServerMayBeDoneBeforeYouLook)
{
    Learner you{{.rule = "readable, or half-closed, is no failure: only SO_ERROR says whether the attempt went well.",
                 .why = "A fast server has accepted, spoken and ended its stream before your poll() looks: POLLIN, POLLOUT and "
                        "POLLRDHUP come together. What it said is still there.",
                 .read = "man 2 connect, EINPROGRESS; man 2 poll, POLLRDHUP",
                 .ask = "Q26, Q68"}};
    Host ann = you.host("ann");
    you.nth(Family::waiting, 1).pauses();
    you.run([&] { expects_to_hear(connect(ann, an_hour).get(), "hello"); });
    Peer server = ann.accepts();
    server.sends("hello");
    server.finishes_writing();
    you.settles(); // all of it has come
    you.resume();
    you.finishes();
}

TEST(Hostile, AResetIsNoRefusal)
{
    Learner you{{.rule = "tell what SO_ERROR holds, and not what you expect to stand there.",
                 .why =
                     "The server took you, and broke off before your poll() looked: POLLERR and POLLHUP, as for a refusal, but "
                     "the reason is ECONNRESET. (Who was connected by then may also return: recv() will tell.)",
                 .read = "man 7 socket, SO_ERROR; man 2 poll, POLLERR",
                 .ask = "Q26, Q38"}};
    Host ann = you.host("ann");
    you.nth(Family::waiting, 1).pauses();
    you.run([&] {
        const std::string came = outcome(ann, an_hour);
        expects(came == "ECONNRESET" || came == "no error", "ECONNRESET, or a socket that tells it", came);
    });
    ann.accepts().resets();
    you.settles(); // it has come
    you.resume();
    you.finishes();
    expects_one_attempt(you);
}

TEST(Hostile, ABusyServerIsThere)
{
    Learner you{{.rule = "you are connected when the other kernel says so; the program there may never accept, nor speak.",
                 .why = "listen() is enough for a handshake. accept() only takes what stands in the queue.",
                 .read = "man 2 listen, NOTES",
                 .ask = "Q19, Q26"}};
    Host ann = you.host("ann"); // listens, and never accepts
    you.run([&] { EXPECT_EQ("no error", outcome(ann, an_hour)); });
    you.finishes();
    expects_no_wait(you);
}
