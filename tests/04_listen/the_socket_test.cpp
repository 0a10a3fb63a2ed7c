#include "listening.h"

#include "lab/words/describe.h"

#include <sys/un.h>

using namespace listening;

TEST(Robust, LeavesTheSocketAsItWas)
{
    constexpr Lesson lesson{
        .rule = "the socket is the caller's: open, blocking, with the options that it had, also after a failure.",
        .why = "Each accepted connection inherits the options of its listener. What nobody asked for is found late.",
        .read = "man 2 fcntl, F_SETFL; man 7 tcp, \"Socket options\"",
        .ask = "Q19, Q72"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.listener(0, false, ip);
        const UdpPeer ann = you.udp_wire("ann");
        you.run([&] {
            listen_on(you.fd(0), 1);
            EXPECT_EQ("EOPNOTSUPP", error_of([&] { listen_on(you.fd(1)); }));
            for (const int fd : {you.fd(0), you.fd(1)})
                expects_open(fd, "when the function is over");
        });
        you.finishes();
    });
}

TEST(Robust, MakesAListenerOfEveryStream)
{
    Learner you{{.rule = "what can listen is for the kernel to say: every stream can, not only one of TCP.",
                 .why =
                     "A stream of AF_UNIX has a queue and a backlog, too. The same three calls make a server of it. Who comes to "
                     "its full queue and does not block hears EAGAIN.",
                 .read = "man 2 listen, DESCRIPTION; man 7 unix, \"Autobind feature\"; man 2 connect, EAGAIN",
                 .ask = "Q11, Q18"}};
    you.run([] {
        const kata::UniqueFd local = kata::open_socket(AF_UNIX, SOCK_STREAM);
        sockaddr_un any_name{};
        any_name.sun_family = AF_UNIX;
        ::bind(local.get(), reinterpret_cast<const sockaddr*>(&any_name), sizeof any_name.sun_family); // the kernel's choice
        listen_on(local.get(), 0);
        int listens = 0;
        socklen_t size = sizeof listens;
        ::getsockopt(local.get(), SOL_SOCKET, SO_ACCEPTCONN, &listens, &size);
        expects(listens == 1, "a stream of AF_UNIX listens", "it does not listen");
        const kata::Endpoint name = kata::local_endpoint(local.get());
        for (const std::string right : {"is let in", "EAGAIN"}) {
            const kata::UniqueFd client = kata::open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
            const std::string came = ::connect(client.get(), name.address(), name.size) == 0 ? "is let in" : errno_name(errno);
            expects(came == right,
                    "a backlog of 0 admits one: the " + std::string{right == "EAGAIN" ? "second: " : "first "} + right, came);
        }
    });
    you.finishes();
}

TEST(Robust, AsksTheKernelEachTime)
{
    Learner you{{.rule = "a number says nothing about the socket behind it: listen() is called each time.",
                 .why = "The lowest free number is given to the next socket. What you know of a number is about the last one.",
                 .read = "man 2 listen, DESCRIPTION; man 2 open, DESCRIPTION (\"lowest-numbered\")",
                 .ask = "Q18, Q72"}};
    you.run([] {
        for (const bool is_last : {false, true}) {
            const kata::Bound server = bound(); // the same number each time
            listen_on(server.fd.get(), 1);
            if (is_last)
                wait_for_the_test();
        }
    });
    const Peer ann = lets_in(you, "ann");
    you.finishes();
}

TEST(Robust, TellsEachFailureAtOnce)
{
    constexpr Lesson lesson{.rule = "a failure is told at once, also one that may pass.",
                            .why =
                                "Whether to try again, and when, is for the caller to say: it may have something better to do.",
                            .read = "man 2 listen, RETURN VALUE; man 3 errno",
                            .ask = "Q72, Q92"};
    for (const int error : {ENOBUFS, ENOMEM, EADDRINUSE, EACCES, EPERM, EINVAL}) {
        if (HasFailure())
            return;
        Learner you{lesson};
        you.nth(Call::listen, 1).fails(error);
        you.run([&] {
            const kata::Bound server = bound();
            EXPECT_EQ(errno_name(error), error_of([&] { listen_on(server.fd.get()); }));
        });
        you.finishes();
        expects(you.waits_in_vain() == 0, "the failure is told at once", "you waited, and tried again");
    }
}

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, nothing stays open, and the next try works.",
        .why = "A close() on the way out can fail, too, and then errno is another. Both families are listened on alike.",
        .read = "man 2 listen, ERRORS; man 3 errno, NOTES",
        .ask = "Q5, Q72"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.run([&] {
                const kata::Bound server = bound(ip);
                told_then_done([&] { listen_on(server.fd.get(), 0); });
                accepts(server);
            });
            lets_in(you, "ann");
            you.finishes();
        });
    });
}

TEST(Hostile, LeavesTheErrorOfAConnectionToItsReader)
{
    Learner you{{.rule = "the errno to tell is that of listen(); what else the socket has to say is for whoever reads it.",
                 .why = "getsockopt(SO_ERROR) takes the pending error away: the next recv() would take the reset for an end.",
                 .read = "man 7 socket, SO_ERROR; man 2 listen, RETURN VALUE",
                 .ask = "Q72, Q92"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        wait_for_the_test();
        EXPECT_EQ("EINVAL", error_of([&] { listen_on(you.fd()); })); // it is connected, or was
        char byte = 0;
        expects(::recv(you.fd(), &byte, 1, 0) < 0 && errno == ECONNRESET, "recv() still tells of the reset",
                "somebody has taken its error (SO_ERROR)");
    });
    ann.resets();
    you.finishes();
}
