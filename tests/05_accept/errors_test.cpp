#include "accepting.h"

#include <unistd.h>
#include <vector>

using namespace accepting;

TEST(Robust, SleepsOnAfterSignals)
{
    Learner you{{.rule = "EINTR is no client and no failure: a signal came, call again, as often as it comes.",
                 .why = "A server spends its nights in accept, so that is where most signals find it.",
                 .read = "man 2 accept, EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q22, Q88"}};
    you.listener();
    you.run([&] { EXPECT_EQ("a client", attempt(you.fd())); });
    for (int i = 0; i < 3; ++i)
        you.gets_signal(SIGUSR1);
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
    you.finishes();
}

TEST(Robust, TriesAgainAfterADeadConnection)
{
    constexpr Lesson lesson{.rule = "an error of one connection is no failure of the listener: take the next connection.",
                            .why =
                                "accept also passes on errors that wait on the new socket. Treat those like EAGAIN: try again. A "
                                "listener that may not wait, or not for long, has a next client as well.",
                            .read = "man 2 accept, \"Error handling\" and ERRORS",
                            .ask = "Q22"};
    for (const std::string_view listener : {"it blocks", "it does not block", "it blocks for an hour"}) {
        if (HasFailure())
            return;
        Learner you{lesson};
        you.listener(16, listener == "it does not block");
        you.may_change("SO_RCVTIMEO"); // the test does
        std::uint32_t nth = 0;
        for (const int error : {ECONNABORTED, EPROTO, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, ENOPROTOOPT})
            you.nth(Family::accepting, ++nth).fails(error);
        Peer ann = you.connect("ann");
        you.run([&] {
            if (listener == "it blocks for an hour")
                waits_no_longer_than(3600s, you.fd());
            EXPECT_EQ("a client", attempt(you.fd())) << "from a listener: " << listener;
        });
        ann.expects(address_of(ann));
        you.finishes();
    }
}

TEST(Robust, TriesAgainAsOftenAsItTakes)
{
    constexpr Lesson lesson{
        .rule = "a thousand dead connections, or twenty thousand signals, are errors that pass: the next client is still served.",
        .why = "Somebody who scans ports, or a network that goes down, fills the whole queue with them at once. And a timer of "
               "one millisecond sends a thousand signals in each second in which nobody comes.",
        .read = "man 2 accept, \"Error handling\" and EINTR",
        .ask = "Q22, Q88"};
    for (const int error : {ECONNABORTED, EINTR}) {
        if (HasFailure())
            return;
        // A thread may have a small stack. Who tries again by calling itself takes some of it for each signal of that timer.
        Learner you{lesson, {.own_time = 150s, .stack_kib = 1024, .idle_calls = 0}};
        you.listener();
        you.first(Family::accepting, error == EINTR ? 20'000 : 1100).fails(error);
        Peer ann = you.connect("ann");
        you.run([&] { EXPECT_EQ("a client", attempt(you.fd())); });
        ann.expects(address_of(ann));
        you.finishes();
    }
}

TEST(Robust, ThrowsWhatDoesNotPass)
{
    Learner you{{.rule = "an error that a retry cannot help is the caller's to know: throw it. The client keeps waiting.",
                 .why = "A descriptor comes free when one is closed, a listener that was shut down never listens again, and a "
                        "filter that forbids accept() (EPERM, EACCES) forbids the next one, too.",
                 .read = "man 2 accept, EMFILE, ENOBUFS, EPERM and EINVAL",
                 .ask = "Q21, Q22"},
                {.descriptors = 8}};
    you.listener();
    constexpr int errors[] = {ENFILE, ENOBUFS, ENOMEM, EPERM, EACCES};
    std::uint32_t nth = 0;
    for (const int error : errors)
        you.nth(Family::accepting, ++nth).fails(error);
    Peer ann = you.connect("ann");
    you.run([&] {
        for (const int error : errors)
            EXPECT_EQ(::strerrorname_np(error), attempt(you.fd()));
        std::vector<kata::UniqueFd> all;
        while (all.empty() || all.back())
            all.emplace_back(::dup(you.fd()));
        EXPECT_EQ("EMFILE", attempt(you.fd()));
        all.clear();
        EXPECT_EQ("a client", attempt(you.fd()));
        EXPECT_EQ("EINVAL", attempt(you.fd()));
    });
    ann.expects(address_of(ann));
    you.shuts_down_listener();
    you.finishes();
}

TEST(Robust, SaysNobodyForNothingElse)
{
    Learner you{{.rule = "nullopt means that nobody came: EAGAIN says so, and no other errno does.",
                 .why = "ETIMEDOUT speaks of a connection, which the network has broken. The end of SO_RCVTIMEO is EAGAIN.",
                 .read = "man 2 accept, ERRORS and \"Error handling\"",
                 .ask = "Q19, Q22"}};
    you.listener();
    you.nth(Family::accepting, 1).fails(ETIMEDOUT);
    Peer ann = you.connect("ann");
    you.run([&] {
        const std::string came = attempt(you.fd());
        expects(came == "ETIMEDOUT" || came == "a client", "ETIMEDOUT", came); // who tries again has the next one
    });
    you.finishes();
}

TEST(Robust, ThrowsWhenThereIsNoListener)
{
    Learner you{{.rule = "sort the errors that pass, not those that stay: whatever you do not know is thrown.",
                 .why = "The list of what may fail is never complete. A retry after an error that stays burns a processor. And "
                        "what you ask the socket for the sake of your message may fail, too, with another errno.",
                 .read = "man 2 accept, ERRORS",
                 .ask = "Q22"}};
    you.run([&] {
        const kata::UniqueFd silent = kata::open_socket(AF_INET, SOCK_STREAM);
        EXPECT_EQ("EINVAL", attempt(silent.get())); // it does not listen
        const kata::UniqueFd local = kata::open_socket(AF_UNIX, SOCK_STREAM);
        EXPECT_EQ("EINVAL", attempt(local.get()));
        kata::UniqueFd input{::dup(0)};
        const int number = input.get();
        EXPECT_EQ("ENOTSOCK", attempt(number));
        input.reset();
        EXPECT_EQ("EBADF", attempt(number));
    });
    you.finishes();
}

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, nothing stays open, and the next try gets a client.",
        .why = "After accept() the client is yours: on every way out somebody must own it. And a close() can change errno.",
        .read = "man 2 accept, ERRORS; man 3 errno, NOTES",
        .ask = "Q21, Q71, Q75"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.listener(16, false, ip);
            Peer ann = you.connect("ann"), bob = you.connect("bob");
            you.run([&] {
                Client client;
                told_then_done([&] { client = accept_one(you.fd()); });
                EXPECT_TRUE(client) << "nullopt, although clients wait";
            });
            you.finishes();
        });
    });
}
