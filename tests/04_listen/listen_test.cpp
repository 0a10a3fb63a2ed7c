#include "04_listen/listen.h"

#include "03_bind/bind.h"
#include "lab/lab.h"

#include <algorithm>
#include <climits>
#include <system_error>

using namespace lab;

namespace {

kata::Bound bound() { return kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0")); }

void listen_on(int fd, auto... backlog)
{
    const std::string what = ("listen_on(" + std::to_string(fd) + ... + (", backlog " + std::to_string(backlog)));
    calls(what + ")", [&] { kata::listen_on(fd, backlog...); });
}

// A server that listens and does not accept: what its clients see now is the work of the kernel alone.
void listens_only(auto... backlog)
{
    const kata::Bound server = bound();
    listen_on(server.fd.get(), backlog...);
    wait_for_the_test();
}

kata::UniqueFd accepts(const kata::Bound& server)
{
    kata::UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!client)
        throw std::system_error{errno, std::generic_category(), "the test's accept on your socket"};
    return client;
}

std::string reads(const kata::UniqueFd& client)
{
    char buffer[64];
    const ssize_t n = ::recv(client.get(), buffer, sizeof buffer, 0);
    return {buffer, n > 0 ? static_cast<std::size_t>(n) : 0};
}

Peer lets_in(Learner& you, const std::string& name, int line = __builtin_LINE())
{
    Peer client = you.knock(name);
    client.expects_connection(__FILE__, line);
    return client;
}

long most_clients() { return kernel_setting("net/core/somaxconn") + 1; } // that the kernel of this machine lets wait

} // namespace

TEST(Works, LetsClientsInBeforeAnybodyAccepts)
{
    Learner you{
        {.rule = "from listen() on, clients connect, whether anybody calls accept() or not.",
         .why = "The kernel answers the handshake by itself and keeps the finished connection in a queue. accept() only takes "
                "it out.",
         .read = "man 2 listen, NOTES; man 2 accept, DESCRIPTION",
         .ask = "Q18"}};
    you.run([] { listens_only(); });
    you.paused(); // the function has returned, and waited for nobody
    const Peer ann = lets_in(you, "ann");
    const Peer bob = lets_in(you, "bob");
    const Peer eve = lets_in(you, "eve");
    you.finishes();
}

TEST(Works, KeepsWhatAClientWritesBeforeAccept)
{
    Learner you{{.rule = "a client may write before the server has accepted it: the bytes wait with the connection.",
                 .why = "A connection in the queue is finished. It has its receive buffer, and the server's kernel acknowledges.",
                 .read = "man 2 accept, DESCRIPTION; man 2 listen, NOTES",
                 .ask = "Q18, Q19"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get());
        wait_for_the_test();
        EXPECT_EQ("hello", reads(accepts(server)));
    });
    Peer ann = lets_in(you, "ann");
    ann.sends("hello");
    you.finishes();
}

TEST(Works, ServesMoreClientsThanTheBacklog)
{
    Learner you{
        {.rule = "accept() sleeps until a client comes, and makes room for the next: the backlog is no limit on clients.",
         .why = "It limits those who wait. Whoever is accepted has left the queue, and does not count. That accept() sleeps is "
                "for the server to decide: listen_on() must not make the socket non-blocking.",
         .read = "man 2 listen, NOTES; man 2 accept, DESCRIPTION",
         .ask = "Q11, Q19"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get(), 0);
        const kata::UniqueFd ann = accepts(server);
        const kata::UniqueFd bob = accepts(server);
        const kata::UniqueFd eve = accepts(server);
        wait_for_the_test();
    });
    const Peer ann = lets_in(you, "ann");
    const Peer bob = lets_in(you, "bob");
    const Peer eve = lets_in(you, "eve");
    you.finishes();
}

TEST(Robust, AdmitsOneMoreThanTheBacklog)
{
    if (most_clients() < 3)
        GTEST_SKIP() << "net.core.somaxconn cuts every backlog below 2 here";
    Learner you{
        {.rule = "the backlog is the length of the accept queue. Linux admits one more, and does not answer the next.",
         .why = "A SYN to a full queue is dropped, not refused: the client's kernel repeats it after a second, in the hope that "
                "somebody has accepted by then.",
         .read = "man 2 listen, DESCRIPTION and NOTES",
         .ask = "Q11, Q12"}};
    you.run([] { listens_only(2); });
    const Peer ann = lets_in(you, "ann");
    const Peer bob = lets_in(you, "bob");
    const Peer eve = lets_in(you, "eve");
    Peer joe = you.knock("joe");
    joe.expects_no_answer();
    you.finishes();
}

TEST(Robust, TakesZeroForOneClient)
{
    Learner you{
        {.rule = "a backlog of 0 is legal: one client waits, the next one gets no answer.",
         .why = "Linux admits clients while the queue is not longer than the number. 0 asks for the shortest queue, not for the "
                "default and not for an error.",
         .read = "man 2 listen, DESCRIPTION",
         .ask = "Q11, Q12"}};
    you.run([] { listens_only(0); });
    const Peer ann = lets_in(you, "ann");
    Peer bob = you.knock("bob");
    bob.expects_no_answer();
    you.finishes();
}

TEST(Robust, TakesAnyNumber)
{
    Learner you{
        {.rule = "no backlog is an error: a large one is cut by the kernel, and a negative one is a large one on Linux.",
         .why = "The kernel compares the number, as an unsigned one, with net.core.somaxconn, and takes the smaller of the two.",
         .read = "man 2 listen, NOTES (somaxconn)",
         .ask = "Q11"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get(), INT_MAX);
        listen_on(server.fd.get(), -1);
        wait_for_the_test();
    });
    const Peer ann = lets_in(you, "ann");
    const Peer bob = lets_in(you, "bob");
    you.finishes();
}

TEST(Robust, TakesTheNewLimitOfAListener)
{
    if (most_clients() < 3)
        GTEST_SKIP() << "net.core.somaxconn cuts every backlog below 2 here";
    Learner you{{.rule = "to listen again is legal, and changes the limit of the queue.",
                 .why = "listen() on a listener keeps who waits there and sets the new backlog. The last number counts.",
                 .read = "man 2 listen, DESCRIPTION",
                 .ask = "Q11"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get(), 0);
        listen_on(server.fd.get(), 1);
        wait_for_the_test();
    });
    const Peer ann = lets_in(you, "ann");
    const Peer bob = lets_in(you, "bob");
    Peer joe = you.knock("joe");
    joe.expects_no_answer();
    you.finishes();
}

TEST(Robust, SaysThatSomebodyElseListens)
{
    Learner you{{.rule = "listen() can fail, too: report it, and leave the socket to its owner.",
                 .why =
                     "SO_REUSEADDR lets two sockets bind one port while none of them listens. Then the second listen() is "
                     "EADDRINUSE. Who closes the caller's descriptor on the way out leaves it with a number that is another's.",
                 .read = "man 2 listen, ERRORS",
                 .ask = "Q13, Q72"}};
    you.run([] {
        const kata::Bound first = bound();
        const kata::Bound second = kata::bind_tcp(first.local);
        listen_on(first.fd.get());
        EXPECT_EQ("EADDRINUSE", error_of([&] { listen_on(second.fd.get()); }));
        expects_open(second.fd.get(), "after the failure");
    });
    you.finishes();
}

TEST(Robust, SaysWhatCannotListen)
{
    Learner you{{.rule = "every failure is a std::system_error with the errno of listen().",
                 .why = "A datagram socket has no connections and no queue: EOPNOTSUPP. A number that is no open socket: EBADF.",
                 .read = "man 2 listen, ERRORS",
                 .ask = "Q92"}};
    you.run([] {
        const kata::UniqueFd datagrams = kata::open_socket(AF_INET, SOCK_DGRAM);
        EXPECT_EQ("EOPNOTSUPP", error_of([&] { listen_on(datagrams.get()); }));
        EXPECT_EQ("EBADF", error_of([] { listen_on(-1); }));
    });
    you.finishes();
}

TEST(Hostile, HoldsACrowd)
{
    Learner you{
        {.rule = "without a number of your own, a crowd that comes at once fits into the queue.",
         .why = "The default is SOMAXCONN, and the kernel cuts it to net.core.somaxconn by itself. A smaller number of yours "
                "leaves clients without an answer for a second and more.",
         .read = "man 2 listen, NOTES (somaxconn)",
         .ask = "Q11, Q119"}};
    you.run([] { listens_only(); });
    std::vector<Peer> crowd;
    for (long i = 1; i <= std::min(most_clients(), 150L) && !HasFailure(); ++i)
        crowd.push_back(lets_in(you, "client " + std::to_string(i)));
    you.finishes();
}

TEST(Hostile, KeepsWhatALeaverSent)
{
    Learner you{
        {.rule = "a client may come, write and leave before accept(): its bytes still wait for the server.",
         .why = "Its FIN does not take it out of the queue. accept() gives the connection, recv() the bytes, and then the end.",
         .read = "man 2 accept, DESCRIPTION; man 2 recv, RETURN VALUE",
         .ask = "Q18, Q22"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get());
        wait_for_the_test();
        const kata::UniqueFd ann = accepts(server);
        EXPECT_EQ("hello", reads(ann));
        EXPECT_EQ("", reads(ann));
    });
    Peer ann = lets_in(you, "ann");
    ann.sends("hello");
    ann.closes();
    you.finishes();
}
