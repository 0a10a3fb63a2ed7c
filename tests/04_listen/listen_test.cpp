#include "listening.h"

using namespace listening;

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
        listen_on(server.fd.get(), 1);
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
    if (longest_queue() < 2)
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
    you.paused(); // the function has returned, and waited for nobody
    const Peer ann = lets_in(you, "ann");
    Peer bob = you.knock("bob");
    bob.expects_no_answer();
    you.finishes();
    expects(you.waits_in_vain() == 0, "it returns at once, whoever comes or does not", "it waited for some time");
}

TEST(Robust, SaysThatSomebodyElseListens)
{
    Learner you{{.rule = "listen() can fail, too: report it at once, and leave the socket to its owner.",
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
    expects(you.waits_in_vain() == 0, "the failure is told at once", "you waited, and tried again");
}

TEST(Robust, SaysWhatCannotListen)
{
    Learner you{{.rule = "every failure is a std::system_error with the errno of listen().",
                 .why = "A datagram socket has no connections and no queue: EOPNOTSUPP. A number that is no open socket: EBADF. "
                        "What you ask the socket for the sake of your message may fail, too: then nobody hears of listen().",
                 .read = "man 2 listen, ERRORS",
                 .ask = "Q92"}};
    you.run([] {
        const kata::UniqueFd datagrams = kata::open_socket(AF_INET, SOCK_DGRAM);
        EXPECT_EQ("EOPNOTSUPP", error_of([&] { listen_on(datagrams.get()); }));
        EXPECT_EQ("EBADF", error_of([] { listen_on(-1); }));
        const kata::UniqueFd local = kata::open_socket(AF_UNIX, SOCK_DGRAM);
        EXPECT_EQ("EOPNOTSUPP", error_of([&] { listen_on(local.get()); }));
    });
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
