#include "03_bind/bind.h"
#include "serving.h"

#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace serving;

TEST(Robust, TakesItsPortBackAfterARestart)
{
    constexpr Lesson lesson{
        .rule = "a restarted server must be able to take its port back.",
        .why = "Old connections of this port are still in TIME_WAIT; SO_REUSEADDR, set before bind, lets you bind beside "
               "them.",
        .read = "man 7 socket, SO_REUSEADDR",
        .ask = "Q13, Q17, Q90"};
    on_both_families([&](std::string_view ip) {
        kata::Endpoint where = any_port(ip.find(':') == std::string_view::npos ? private_loopback() : ip);
        {
            Learner you{lesson};
            you.run([&] { kata::echo_server(where); });
            Peer ann = you.connect("ann");
            ann.sends("hello");
            ann.expects("hello");
            where = kata::peer_endpoint(ann.fd());
            you.is_killed(); // its end of ann's connection closes first, so TIME_WAIT stays on this port
            ann.expects_end();
            ann.closes();
        }
        if (testing::Test::HasFailure())
            return;
        Learner you{lesson};
        you.run([&] { kata::echo_server(where); });
        serves_another(you);
        you.keeps_serving();
    });
}

TEST(Robust, IsReachedAtItsAddressOnly)
{
    constexpr Lesson lesson{
        .rule = "a server is reached at the address that it was given, and at no other.",
        .why = "INADDR_ANY takes clients from every network that the machine is in; in6addr_any takes those of IPv4, too.",
        .read = "man 7 ip, \"Address format\", INADDR_ANY; man 7 ipv6, IPV6_V6ONLY",
        .ask = "Q10, Q16"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.run([&] { kata::echo_server(any_port(ip)); });
        you.connect_to(ip == "::1" ? "127.0.0.1" : "127.0.0.2", "eve").expects_refusal();
        serves_another(you);
        you.keeps_serving();
    });
}

TEST(Robust, ServesBesideAnotherServer)
{
    Learner you{{.rule = "two servers may run in two threads: what one receives, the other does not see.",
                 .why = "A static buffer is one for all threads. The test holds the first server behind its recv() until the "
                        "second one has served its client.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q76"}};
    Peer cy = you.wire("cy"); // tells the second server when
    you.nth(Family::reading, 1).returns_late();
    you.run([&] {
        std::thread first{serve};
        expects_to_hear(you.fd(), "go");
        serve();
    });
    Peer ann = you.connect("ann");
    ann.sends("this is ann");
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    Peer bob = you.connect("bob"); // to the one that began to listen last
    bob.sends("I am bob");
    bob.expects("I am bob");
    you.resume();
    ann.expects("this is ann");
    ann.closes();
    bob.closes();
    you.keeps_serving();
}

TEST(Robust, TakesDescriptor0)
{
    constexpr Lesson lesson{
        .rule = "0 is a descriptor like any other; only -1 is a failure.",
        .why = "socket() and accept() give the lowest free number. The test closed standard input before, as daemons do.",
        .read = "man 2 socket, RETURN VALUE; man 2 accept, RETURN VALUE",
        .ask = "Q8"};
    Learner you{lesson};
    you.run([] {
        ::close(0);
        serve();
    });
    serves_another(you);
    you.keeps_serving();
    if (testing::Test::HasFailure())
        return;
    Learner too{lesson};
    Peer cy = too.wire("cy");
    too.run([&] {
        std::thread closes{[&] {
            expects_to_hear(too.fd(), "go");
            ::close(0);
        }};
        serve();
    });
    serves_another(too); // it has its listener, and 0 is not that
    cy.sends("go");
    too.settles();
    Peer ann = too.connect("ann"); // an accept() that sleeps has chosen its number before
    ann.closes();
    serves_another(too);
    too.keeps_serving();
}

TEST(Robust, TakesDescriptorsAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "the lowest free descriptor may lie above 1023: a listener or a client like any other.",
                 .why = "An fd_set of select() has 1024 bits. FD_SET of 1100 writes behind it, into whatever stands there.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q70"},
                {.descriptors = 2048}};
    you.run([] {
        for (int i = 0; i < 1100; ++i)
            ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        serve();
    });
    serves_another(you);
    you.keeps_serving();
}

TEST(Robust, SaysThatItCannotServe)
{
    constexpr Lesson lesson{
        .rule =
            "when it cannot serve at all, say so, at once, and leave nothing open: nobody looks for the server anywhere else.",
        .why =
            "The errno of the call that failed is what the operator needs to read. A server that waits for a place that it does "
            "not get looks like one that runs.",
        .read = "man 2 bind, EADDRINUSE; man 2 socket, EMFILE; man 2 listen, EADDRINUSE; man 7 ip",
        .ask = "Q13, Q16"};
    {
        Learner you{lesson};
        const int taken = you.listener();
        you.may_change("SIGPIPE");
        you.run([&] {
            const kata::Endpoint where = kata::local_endpoint(taken);
            expects_error(EADDRINUSE, [&] { kata::echo_server(where); });
        });
        you.finishes();
    }
    for (const auto& [call, error] : {std::pair{Call::socket, EMFILE}, {Call::bind, EACCES}, {Call::listen, EADDRINUSE}}) {
        if (testing::Test::HasFailure())
            return;
        Learner you{lesson, {.own_time = 60s}};
        you.every(call).fails(error);
        you.may_change("SIGPIPE");
        you.run([error = error] { expects_error(error, serve); });
        you.finishes();
    }
    if (testing::Test::HasFailure())
        return;
    Learner you{lesson, {.own_time = 60s}};
    you.nth(Family::accepting, 2).fails(EINVAL); // somebody has shut the listener down, say
    you.may_change("SIGPIPE");
    you.run([] { expects_error(EINVAL, serve); });
    Peer ann = you.connect("ann");
    ann.sends("hello");
    if (you.settles(); you.is_done()) // its listener does not block: the first accept() found nobody
        return you.finishes();
    ann.expects("hello");
    ann.closes();
    if (you.settles(); you.is_done())
        return you.finishes();
    Peer bob = you.knock("bob"); // for who waits in poll(), and accepts then
    if (you.settles(); you.is_done())
        return you.finishes();
    bob.sends("hello"); // it tries again: so it still has its listener
    bob.expects("hello");
    bob.closes();
    you.keeps_serving();
}

TEST(Robust, SharesItsPortWithNobody)
{
    Learner you{{.rule = "a second server at the same place is told that the place is taken.",
                 .why =
                     "With SO_REUSEPORT it listens, too: the kernel deals the clients out among the two, and whoever started the "
                     "second by mistake never learns of it.",
                 .read = "man 7 socket, SO_REUSEPORT; man 2 bind, EADDRINUSE",
                 .ask = "Q13, Q14"}};
    Peer cy = you.wire("cy"); // tells the second server when and where
    you.may_change("SIGPIPE");
    you.run([&] {
        std::thread first{serve};
        expects_to_hear(you.fd(), "go");
        kata::Endpoint where = any_port("127.0.0.1");
        reinterpret_cast<sockaddr_in*>(&where.storage)->sin_port = htons(you.port());
        if (error_of([&] { kata::echo_server(where); }) == "EADDRINUSE")
            wait_for_the_test();
        first.join();
    });
    serves_another(you);
    cy.sends("go");
    expects(you.paused() ? true : false, "EADDRINUSE for the second server", "it serves, too, or says something else");
    you.is_killed();
}
