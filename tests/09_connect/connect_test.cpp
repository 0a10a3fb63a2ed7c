// connect_any(): which address it takes, and what it returns.
#include "09_connect/script.h"

#include <set>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;
using script::connect_any, script::reaches;

TEST(Works, ConnectsToTheFirstThatAnswers)
{
    Learner you{{.rule = "the addresses are tried in their order, and the first that answers is taken.",
                 .why = "connect() on a blocking socket returns when the other kernel has answered: 0, or -1 with the reason.",
                 .read = "man 2 connect, RETURN VALUE",
                 .ask = "Q23"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.run([&] { reaches({&ann, &bob}); });
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
    you.run([&] { reaches({&shut, &shut, &ann}); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, BeginsWithTheFirstEachTime)
{
    Learner you{{.rule = "each call tries the addresses in the order that it is given, whatever an earlier one has found.",
                 .why =
                     "The caller has put them so: the nearest first, or the one that is to be relieved last. Who begins with the "
                     "one that answered last time never comes back to the first.",
                 .read = "the contract in connect.h",
                 .ask = "Q23, Q81"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    you.run([&] {
        reaches({&ann, &bob});
        reaches({&bob, &ann});
    });
    ann.accepts().sends("hello");
    bob.accepts().sends("hello");
    ann.expects_nobody();
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
    you.run([&] { reaches({&shut, &ann}); });
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
    you.run([&] { EXPECT_EQ("ECONNREFUSED", error_of([&] { connect_any({&shut, &shut}); })); });
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
    constexpr Lesson lesson{
        .rule = "what you return is blocking and close-on-exec, and no option of it tells how it was made.",
        .why = "The caller does not know how the connection was made. A recv() that says EAGAIN surprises it, and a "
               "descriptor that a started program inherits keeps the connection open. SO_LINGER {1, 0} turns its close() into a "
               "RST.",
        .read = "man 2 fcntl, F_SETFL; man 2 socket, SOCK_CLOEXEC; man 7 socket, SO_RCVTIMEO",
        .ask = "Q9, Q26"};
    on_both_families([&](std::string_view ip) {
        for (const bool interrupted : {false, true}) {
            if (HasFailure())
                return;
            Learner you{lesson};
            Host shut = you.refusing_host("shut", ip), ann = you.host("ann", ip);
            if (interrupted)
                you.nth(Family::connecting, 2).fails(EINTR);
            you.run([&] {
                const kata::UniqueFd fd = connect_any({&shut, &ann});
                expects_as_new(fd.get());
            });
            you.finishes();
        }
    });
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
        reaches({&ann});
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, MakesANewSocketForEachAttempt)
{
    Learner you{{.rule = "after a failed connect(), close the socket and create a new one.",
                 .why = "The state of that socket is unspecified. Linux lets you try again, other systems do not.",
                 .read = "man 2 connect, NOTES",
                 .ask = "Q23"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    you.run([&] { connect_any({&shut, &ann}); });
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
    you.nth(Call::socket, 1).fails(EAFNOSUPPORT);
    you.run([&] { reaches({&ann, &bob}); });
    bob.accepts().sends("hello");
    ann.expects_nobody();
    you.finishes();
}

TEST(Robust, SaysWhyTheLastSocketCouldNotBeMade)
{
    Learner you{{.rule = "an attempt may fail before connect(): then the reason is that of socket().",
                 .why = "The last reason is the errno of the call that failed last. connect() was not called, and says nothing.",
                 .read = "man 2 socket, ERRORS, EMFILE; man 3 errno",
                 .ask = "Q25, Q75"}};
    Host shut = you.refusing_host("shut");
    you.nth(Call::socket, 1).fails(EMFILE);
    you.nth(Call::socket, 3).fails(ENFILE);
    you.nth(Call::socket, 5).fails(EAFNOSUPPORT); // no better reason than "refused", but the last one
    you.run([&] {
        EXPECT_EQ("EMFILE", error_of([&] { connect_any({&shut}); }));
        EXPECT_EQ("ENFILE", error_of([&] { connect_any({&shut, &shut}); }));
        EXPECT_EQ("EAFNOSUPPORT", error_of([&] { connect_any({&shut, &shut}); }));
    });
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
