#include "03_bind/bind.h"
#include "serving.h"

#include <fcntl.h>
#include <thread>
#include <unistd.h>

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
    Learner you{{.rule = "0 is a descriptor like any other; only -1 is a failure.",
                 .why = "socket() gives the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 socket, RETURN VALUE",
                 .ask = "Q8"}};
    you.run([] {
        ::close(0);
        serve();
    });
    serves_another(you);
    you.keeps_serving();
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
    Learner you{{.rule = "when the place is taken, say so: nobody looks for the server anywhere else.",
                 .why = "It cannot serve at all. The errno of the call that failed is what the operator needs to read.",
                 .read = "man 2 bind, EADDRINUSE; man 7 ip",
                 .ask = "Q13, Q16"}};
    const int taken = you.listener();
    you.may_change("SIGPIPE");
    you.run([&] {
        const kata::Endpoint where = kata::local_endpoint(taken);
        expects_error(EADDRINUSE, [&] { kata::echo_server(where); });
    });
    you.finishes();
}
