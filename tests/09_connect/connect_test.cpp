#include "09_connect/connect.h"

#include "lab/lab.h"

#include <fcntl.h>
#include <set>
#include <stdexcept>
#include <system_error>

using namespace lab;

namespace {

// What connect_any() is given.
std::vector<kata::Endpoint> list(std::initializer_list<const Host*> hosts)
{
    std::vector<kata::Endpoint> endpoints;
    for (const Host* host : hosts)
        endpoints.push_back(kata::parse_endpoint(host->address()));
    return endpoints;
}

} // namespace

TEST(Works, ConnectsToTheFirstThatAnswers)
{
    Learner you{{.rule = "the addresses are tried in their order, and the first that answers is taken.",
                 .why = "connect() on a blocking socket returns when the other kernel has answered: 0, or -1 with the reason.",
                 .read = "man 2 connect, RETURN VALUE",
                 .ask = "Q23"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.run([&] { expects_to_hear(kata::connect_any(list({&ann, &bob})).get(), "hello"); });
    ann.accepts().sends("hello");
    bob.expects_nobody();
    you.finishes();
}

TEST(Works, TriesTheNextAddress)
{
    Learner you{{.rule = "an address that fails is a reason to try the next one.",
                 .why = "One name has many addresses, and some of them lead nowhere. \"Refused\" is the answer of one of them.",
                 .read = "man 3 getaddrinfo, DESCRIPTION; man 2 connect, ERRORS",
                 .ask = "Q25, Q81"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.run([&] { expects_to_hear(kata::connect_any(list({&shut, &shut, &ann})).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Works, TriesTheOtherFamily)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "IPv6 and IPv4 may stand in one list, and each needs a socket of its own family.",
                 .why = "The family is a property of the socket, from socket(2) on. An AF_INET6 socket takes no AF_INET address.",
                 .read = "man 2 connect, ERRORS, EAFNOSUPPORT",
                 .ask = "Q81, Q91"}};
    Host shut = you.refusing_host("shut", "::1"), ann = you.host("ann");
    you.run([&] { expects_to_hear(kata::connect_any(list({&shut, &ann})).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Works, SaysWhyWhenAllFail)
{
    Learner you{{.rule = "when all addresses fail, the caller learns the last reason, as std::system_error.",
                 .why = "Nobody was reached, so there is no socket to return. Every attempt had its own errno.",
                 .read = "man 2 connect, ERRORS",
                 .ask = "Q25"}};
    Host shut = you.refusing_host("shut");
    you.nth(Family::connecting, 1).fails(ETIMEDOUT);
    you.run([&] { EXPECT_EQ("ECONNREFUSED", error_of([&] { kata::connect_any(list({&shut, &shut})); })); });
    you.finishes();
}

TEST(Works, RejectsAnEmptyList)
{
    Learner you{{.rule = "an empty list is the caller's mistake: std::invalid_argument.",
                 .why = "No call failed, so there is no errno to report; and there is no socket to return.",
                 .read = "exercises/09_connect/connect.h",
                 .ask = "Q81"}};
    you.run([] {
        try {
            kata::connect_any({});
            ADD_FAILURE() << "it threw nothing";
        } catch (const std::invalid_argument&) {
        }
    });
    you.finishes();
}

TEST(Robust, ReturnsAnOrdinarySocket)
{
    Learner you{{.rule = "what you return is blocking and close-on-exec, however you came to it.",
                 .why = "The caller does not know how the connection was made. A recv() that says EAGAIN surprises it, and a "
                        "descriptor that a started program inherits keeps the connection open.",
                 .read = "man 2 fcntl, F_SETFL; man 2 socket, SOCK_CLOEXEC",
                 .ask = "Q9, Q26"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.run([&] {
        const kata::UniqueFd fd = kata::connect_any(list({&shut, &ann}));
        EXPECT_EQ(0, ::fcntl(fd.get(), F_GETFL) & O_NONBLOCK) << "O_NONBLOCK is still set";
        EXPECT_EQ(FD_CLOEXEC, ::fcntl(fd.get(), F_GETFD)) << "FD_CLOEXEC is not set";
    });
    you.finishes();
}

TEST(Robust, MakesANewSocketForEachAttempt)
{
    Learner you{{.rule = "after a failed connect(), close the socket and create a new one.",
                 .why = "The state of that socket is unspecified. Linux lets you try again, other systems do not.",
                 .read = "man 2 connect, NOTES",
                 .ask = "Q23"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.run([&] { kata::connect_any(list({&shut, &ann})); });
    you.finishes();
    std::set<int> refused;
    for (const CallRecord& c : you.calls())
        if (c.call == Call::socket)
            refused.erase(static_cast<int>(c.result));
        else if (c.call == Call::connect && refused.count(c.fd) != 0)
            ADD_FAILURE() << "connect(" << c.fd << ") again, on the socket whose first attempt was refused";
        else if (c.call == Call::connect && c.error == ECONNREFUSED)
            refused.insert(c.fd);
}

TEST(Robust, SkipsAFamilyThatTheMachineDoesNotHave)
{
    Learner you{{.rule = "an address for which no socket can be made has failed, like one that refuses.",
                 .why = "DNS gives IPv6 addresses to machines without IPv6, too. There, socket() fails before connect() can.",
                 .read = "man 2 socket, ERRORS, EAFNOSUPPORT",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.nth(Family::opening, 1).fails(EAFNOSUPPORT);
    you.run([&] { expects_to_hear(kata::connect_any(list({&ann, &bob})).get(), "hello"); });
    bob.accepts().sends("hello");
    ann.expects_nobody();
    you.finishes();
}

TEST(Robust, GoesOnWithTheAttemptAfterASignal)
{
    Learner you{{.rule = "a signal ends your wait, not the attempt: wait for its end, and do not begin a second one.",
                 .why = "After EINTR the kernel goes on with the handshake. poll() for POLLOUT says when it is over. A second "
                        "attempt is a second connection, which the server takes for a second client.",
                 .read = "man 2 connect, EINPROGRESS; POSIX connect(), DESCRIPTION",
                 .ask = "Q27, Q88"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.nth(Family::connecting, 1).fails(EINTR);
    you.nth(Family::waiting, 1).fails(EINTR);
    you.run([&] { expects_to_hear(kata::connect_any(list({&ann, &bob})).get(), "hello"); });
    ann.accepts().sends("hello");
    ann.expects_nobody();
    bob.expects_nobody();
    you.finishes();
}

TEST(Robust, AsksHowAnInterruptedAttemptEnded)
{
    Learner you{{.rule = "writable means that the attempt is over, not that it succeeded: SO_ERROR tells.",
                 .why =
                     "poll() reports POLLOUT, POLLERR and POLLHUP for a refused attempt. SO_ERROR holds the reason, and reading "
                     "it clears it.",
                 .read = "man 2 connect, EINPROGRESS; man 7 socket, SO_ERROR",
                 .ask = "Q26, Q27"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.first(Family::connecting, 2).fails(EINTR);
    you.run([&] {
        EXPECT_EQ("ECONNREFUSED", error_of([&] { kata::connect_any(list({&shut})); }));
        expects_to_hear(kata::connect_any(list({&shut, &ann})).get(), "hello");
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Hostile, HoldsOneDescriptorAtATime)
{
    Learner you{
        {.rule = "the socket of a failed attempt is closed before the next attempt.",
         .why = "A long list would use up the descriptors of the whole process: EMFILE, and then the good address fails, too.",
         .read = "man 2 connect, NOTES; man 2 socket, ERRORS, EMFILE",
         .ask = "Q75"},
        {.descriptors = 16}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    std::vector<kata::Endpoint> many(40, kata::parse_endpoint(shut.address()));
    many.push_back(kata::parse_endpoint(ann.address()));
    you.run([&] { expects_to_hear(kata::connect_any(many).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Hostile, DoesNotWaitForTheProgramBehindThePort)
{
    Learner you{{.rule = "you are connected when the other kernel says so; the program there may be busy, and may never speak.",
                 .why = "listen() is enough for a handshake. accept() only takes what stands in the queue.",
                 .read = "man 2 connect, DESCRIPTION; man 2 listen, NOTES",
                 .ask = "Q19, Q23"}};
    Host ann = you.host("ann"); // listens, and never accepts
    you.run([&] { kata::connect_any(list({&ann})); });
    you.finishes();
}

TEST(Hostile, WaitsThroughManySignals)
{
    Learner you{{.rule = "the attempt is over when the kernel says so, however many signals come before.",
                 .why =
                     "The other side does not answer, and the kernel sends its SYN again: that takes seconds. A socket that you "
                     "return now is not connected.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 7 tcp, tcp_syn_retries",
                 .ask = "Q25, Q27"}};
    Host mute = you.silent_host("mute");
    you.run([&] { kata::connect_any(list({&mute})); });
    for (int i = 0; i < 3; ++i) {
        ASSERT_FALSE(you.is_done()) << "you gave up waiting, and the attempt still goes on";
        you.gets_signal(SIGUSR1);
    }
    EXPECT_FALSE(you.is_done()) << "you gave up waiting, and the attempt still goes on";
    you.is_killed();
}
