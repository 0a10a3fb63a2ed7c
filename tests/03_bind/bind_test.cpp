#include "03_bind/bind.h"

#include "lab/lab.h"

#include <system_error>

using namespace lab;

namespace {

kata::Bound bind_at(const std::string& where)
{
    return calls("bind_tcp(" + where + ")", [&] { return kata::bind_tcp(kata::parse_endpoint(where)); });
}

kata::Bound bind_to(const kata::Endpoint& place)
{
    return calls("bind_tcp(its place)", [&] { return kata::bind_tcp(place); }); // another one in each run
}

int checked(int result, const char* call)
{
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), call};
    return result;
}

void listens(const kata::Bound& server) { checked(::listen(server.fd.get(), 8), "the test's listen on your socket"); }

// Steps 3 and 4, so that a client can find out where the socket is.
kata::UniqueFd takes_one(const kata::Bound& server)
{
    listens(server);
    return kata::UniqueFd{
        checked(::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC), "the test's accept on your socket")};
}

// What the answer says about its address, measured against what the kernel says.
std::string reported(const kata::Bound& server)
{
    const std::string said = server.local.size == 0 ? "nothing" : kata::to_string(server.local);
    return said == kata::to_string(kata::local_endpoint(server.fd.get())) ? "its own address" : said;
}

void serves_one_at(const std::string& where)
{
    const kata::Bound server = bind_at(where);
    EXPECT_EQ("its own address", reported(server));
    takes_one(server);
}

// An address and a port that nobody else uses, for a server that is started twice. Found by the test itself, before the run.
// A port that looks the same with its two bytes swapped would hide a mistake.
kata::Endpoint free_place()
{
    const kata::Endpoint any = kata::parse_endpoint(private_loopback() + ":0");
    for (;;) {
        const kata::UniqueFd probe = kata::open_socket(AF_INET, SOCK_STREAM);
        ::bind(probe.get(), any.address(), any.size);
        const kata::Endpoint place = kata::local_endpoint(probe.get());
        if (const int low = place.port() % 256; low >= 4 && low != place.port() / 256)
            return place;
    }
}

} // namespace

TEST(Works, SaysWhichPortItGot)
{
    Learner you{{.rule = "port 0 asks for any free port; getsockname() says which one it became.",
                 .why = "bind() does not write into your sockaddr. What you asked with is the question, not the answer.",
                 .read = "man 2 getsockname; man 7 ip, ip_local_port_range",
                 .ask = "Q7, Q10"}};
    you.run([] { serves_one_at("127.0.0.1:0"); });
    you.connect("ann").expects_connection();
    you.finishes();
}

TEST(Works, TakesThePortThatItIsAskedFor)
{
    Learner you{{.rule = "a server has the port that it was asked for: that is where its clients look for it.",
                 .why = "The port in a sockaddr is in network byte order. One htons() too many or too few swaps its bytes.",
                 .read = "man 7 ip, \"Address format\"; man 3 byteorder",
                 .ask = "Q3, Q10"}};
    const kata::Endpoint asked = free_place();
    you.run([&] {
        const kata::Bound server = bind_to(asked);
        EXPECT_EQ(kata::to_string(asked), kata::to_string(kata::local_endpoint(server.fd.get())));
        EXPECT_EQ("its own address", reported(server));
    });
    you.finishes();
}

TEST(Works, TakesAnIPv6Address)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{
        {.rule = "the family and the size of the address decide: the same code serves IPv4 and IPv6.",
         .why = "A sockaddr_in6 is longer than a sockaddr, and goes with a socket of its own family. Both are in the Endpoint.",
         .read = "man 7 ipv6, \"Address format\"; man 2 bind, EINVAL",
         .ask = "Q5, Q10"}};
    you.run([] { serves_one_at("[::1]:0"); });
    you.connect("ann").expects_connection();
    you.finishes();
}

TEST(Works, DoesNotListenYet)
{
    Learner you{{.rule = "a bound socket is not open to clients: that is step 3, and not yours to take.",
                 .why = "From listen() on, the kernel takes connections in the server's name, ready or not.",
                 .read = "man 2 listen, NOTES",
                 .ask = "Q10, Q18"}};
    you.run([] {
        const kata::Bound server = bind_at("127.0.0.1:0");
        wait_for_the_test();
    });
    you.connect("ann").expects_refusal();
    you.finishes();
}

TEST(Robust, TakesItsPortBackAfterARestart)
{
    Learner you{
        {.rule = "a restarted server must be able to take its port back.",
         .why = "Who closes first keeps the connection in TIME_WAIT for a minute, and with it the port. SO_REUSEADDR lets you "
                "bind beside it: set before bind(), and in the server's last life, too.",
         .read = "man 7 socket, SO_REUSEADDR and NOTES",
         .ask = "Q13, Q17, Q90"}};
    const kata::Endpoint place = free_place();
    you.run([&] {
        kata::Bound first = bind_to(place);
        takes_one(first); // and closes: the server is the first to do so, and TIME_WAIT stays on its port
        first.fd.reset();
        wait_for_the_test();
        takes_one(bind_to(place));
    });
    Peer ann = you.connect("ann");
    ann.expects_end();
    ann.closes();
    you.resume();
    you.connect("bob").expects_connection();
    you.finishes();
}

TEST(Robust, RefusesAPortWithAListener)
{
    Learner you{
        {.rule = "while one server listens on a port, a second one gets EADDRINUSE.",
         .why = "SO_REUSEADDR does not share a live port on Linux. SO_REUSEPORT does: the kernel deals the clients out among "
                "all who set it, and the first server loses some of its clients without an error anywhere.",
         .read = "man 7 socket, SO_REUSEADDR and SO_REUSEPORT",
         .ask = "Q13, Q14"}};
    const kata::Endpoint place = free_place();
    you.run([&] {
        const kata::Bound first = bind_to(place);
        listens(first);
        EXPECT_EQ("EADDRINUSE", error_of([&] { bind_to(place); }));
    });
    you.finishes();
}

TEST(Robust, RefusesAnAddressOfAnotherMachine)
{
    if (has_address("192.0.2.1"))
        GTEST_SKIP() << "a socket may have the address 192.0.2.1 here (is net.ipv4.ip_nonlocal_bind set?)";
    Learner you{{.rule = "an address that is not this machine's is EADDRNOTAVAIL, and nothing else is tried.",
                 .why = "A server that takes 0.0.0.0 in its place is open to networks that nobody wanted to open it to.",
                 .read = "man 7 ip, ERRORS, EADDRNOTAVAIL",
                 .ask = "Q16"}};
    you.run([] { EXPECT_EQ("EADDRNOTAVAIL", error_of([] { bind_at("192.0.2.1:0"); })); });
    you.finishes();
}

TEST(Robust, CanBeTriedAgainAndAgain)
{
    Learner you{
        {.rule = "when bind() fails, the socket is closed: exactly once.",
         .why =
             "Somebody will try again every second until the port is free, and loses a descriptor each time. And a number that "
             "is closed a second time may be another thread's new socket by then.",
         .read = "man 2 close, \"Multithreaded processes and close()\"; man 2 socket, EMFILE",
         .ask = "Q9, Q71, Q73"},
        {.descriptors = 12}};
    const kata::Endpoint place = free_place();
    you.run([&] {
        const kata::Bound first = bind_to(place);
        listens(first);
        for (int round = 1; round <= 20; ++round)
            ASSERT_EQ("EADDRINUSE", error_of([&] { bind_to(place); })) << "in round " << round;
    });
    you.finishes();
    for (const CallRecord& c : you.calls())
        expects(c.call != Call::close || c.error != EBADF, "closed once", "closed a second time (EBADF)");
}

TEST(Robust, SaysThatThereAreNoDescriptorsLeft)
{
    Learner you{{.rule = "each call can fail; the errno of the first one that does is the one to report.",
                 .why = "socket() said EMFILE. Who goes on with -1 gets EBADF from the next call, and reports that.",
                 .read = "man 2 socket, ERRORS",
                 .ask = "Q9, Q75"}};
    you.nth(Family::opening, 1).fails(EMFILE);
    you.run([] { EXPECT_EQ("EMFILE", error_of([] { bind_at("127.0.0.1:0"); })); });
    you.finishes();
}

TEST(Robust, IsNotInheritedByOtherPrograms)
{
    Learner you{{.rule = "a program that the server starts must not inherit its socket.",
                 .why = "It would hold the port as long as it runs, also when the server is gone: EADDRINUSE again.",
                 .read = "man 2 socket, SOCK_CLOEXEC; man 2 open, O_CLOEXEC",
                 .ask = "Q9, Q17"}};
    you.run([] {
        const kata::Bound server = bind_at("127.0.0.1:0");
        expects_closed_on_exec(server.fd.get());
    });
    you.finishes();
}

TEST(Hostile, KeepsOutWhoComesByAnotherAddress)
{
    Learner you{{.rule = "a server on 127.0.0.1 must not be reached at any other address.",
                 .why = "INADDR_ANY takes clients from every network that the machine is in.",
                 .read = "man 7 ip, \"Address format\", INADDR_ANY",
                 .ask = "Q16"}};
    you.run([] { serves_one_at("127.0.0.1:0"); });
    you.connect_to("127.0.0.2", "eve").expects_refusal();
    you.connect("ann").expects_connection();
    you.finishes();
}

TEST(Hostile, RestartsAlthoughAClientDoesNotLeave)
{
    Learner you{{.rule = "a client that stays connected must not keep a new server from the port.",
                 .why = "Its connection has the same local port, and lives on beside the new listener: SO_REUSEADDR again.",
                 .read = "man 7 socket, SO_REUSEADDR",
                 .ask = "Q13, Q17"}};
    const kata::Endpoint place = free_place();
    you.run([&] {
        kata::Bound first = bind_to(place);
        const kata::UniqueFd ann = takes_one(first);
        first.fd.reset();
        takes_one(bind_to(place));
    });
    Peer ann = you.connect("ann");
    ann.expects_connection();
    you.connect("bob").expects_connection();
    you.finishes();
}
