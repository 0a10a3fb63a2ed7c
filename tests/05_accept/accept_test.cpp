#include "05_accept/accept.h"

#include "lab/lab.h"

#include <fcntl.h>
#include <unistd.h>

using namespace lab;

namespace {

using Client = std::optional<kata::Accepted>;

Client accept_one(int fd)
{
    return calls("accept_one(" + std::to_string(fd) + ")", [&] { return kata::accept_one(fd); });
}

std::string address_of(const Peer& peer, const std::string& ip = "127.0.0.1") { return ip + ":" + std::to_string(peer.port()); }

// The address of the client, as accept_one gave it.
std::string who(const Client& client)
{
    return !client ? "nullopt" : client->peer.family() == 0 ? "no address" : kata::to_string(client->peer);
}

// What a server does with a client: the test tells it the address under which it was accepted, and listens to it.
void greet(const Client& client)
{
    if (client)
        ::send(client->fd.get(), who(client).data(), who(client).size(), MSG_NOSIGNAL);
}

std::string hear(const Client& client)
{
    char text[64];
    const ssize_t n = client ? ::recv(client->fd.get(), text, sizeof text, 0) : 0;
    return n < 0 ? ::strerrorname_np(errno) : n == 0 ? "the end" : std::string(text, static_cast<std::size_t>(n));
}

// What accept_one does: "a client", who is greeted; "nullopt"; or the errno that it throws.
std::string attempt(int listener)
{
    try {
        const Client client = accept_one(listener);
        greet(client);
        return client ? "a client" : "nullopt";
    } catch (const std::system_error& e) {
        return e.code().value() == 0 ? "errno 0" : ::strerrorname_np(e.code().value());
    }
}

} // namespace

TEST(Works, HandsOverAClient)
{
    Learner you{{.rule = "accept gives a new socket for one client, and the address from which the client connects.",
                 .why = "The kernel completes the handshake alone. From then on the client is ready; it need not speak first.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q18, Q19"}};
    you.listener();
    you.run([&] {
        const Client client = accept_one(you.fd());
        greet(client);
        EXPECT_EQ("hello", hear(client));
    });
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
    ann.sends("hello");
    you.finishes();
}

TEST(Works, TakesThemOneByOne)
{
    Learner you{{.rule = "each call takes one connection, the oldest; the others wait in the queue.",
                 .why = "The kernel keeps the connections in the order in which they came. Who is not taken loses nothing.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q18, Q19"}};
    you.listener(16, true);
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    you.run([&] {
        for (int i = 0; i < 3; ++i)
            EXPECT_EQ("a client", attempt(you.fd()));
    });
    for (Peer* client : {&ann, &bob, &eve})
        client->expects(address_of(*client));
    you.finishes();
}

TEST(Works, SaysThatNobodyWaits)
{
    Learner you{{.rule = "an empty queue of a non-blocking listener is no error, and no reason to wait: nullopt.",
                 .why = "accept says EAGAIN, and the caller has other work. Even after poll, another process may be faster.",
                 .read = "man 2 accept, ERRORS and NOTES",
                 .ask = "Q19, Q79"}};
    you.listener(16, true);
    you.run([&] { EXPECT_EQ("nullopt", attempt(you.fd())); });
    you.finishes();
}

TEST(Works, NamesAnIpv6Client)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "an address needs the room of its family, and its size: sockaddr_storage has room for any.",
                 .why = "accept cuts what does not fit, and says how long it is. A sockaddr_in has 16 bytes, a sockaddr_in6 28.",
                 .read = "man 2 accept, DESCRIPTION; man 7 socket, \"Socket address structures\"",
                 .ask = "Q6, Q19"}};
    you.listener(16, false, "::1");
    you.run([&] {
        const Client client = accept_one(you.fd());
        greet(client);
        EXPECT_EQ(28U, client ? client->peer.size : 0) << "bytes of address";
    });
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann, "[::1]"));
    you.finishes();
}

TEST(Robust, GivesASocketWithFlagsOfItsOwn)
{
    Learner you{{.rule = "the new socket has none of the listener's flags: it blocks, and you ask for close-on-exec.",
                 .why = "Else every program that the server starts keeps the connection open. And only BSD hands O_NONBLOCK on.",
                 .read = "man 2 accept, SOCK_CLOEXEC and STANDARDS; man 2 open, O_CLOEXEC",
                 .ask = "Q20"}};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.run([&] {
        const Client client = accept_one(you.fd());
        expects_closed_on_exec(client ? client->fd.get() : -1);
        EXPECT_EQ("hello", hear(client));
    });
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, LeavesTheListenerAsItWas)
{
    Learner you{{.rule = "the listener is the caller's: it stays open, and keeps its flags.",
                 .why = "Closing it ends the server. And O_NONBLOCK belongs to the socket: all who share it would get it.",
                 .read = "man 2 fcntl, F_SETFL; man 2 accept, DESCRIPTION",
                 .ask = "Q19, Q20"}};
    you.listener();
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    you.run([&] {
        EXPECT_EQ("a client", attempt(you.fd()));
        EXPECT_EQ("a client", attempt(you.fd()));
        const int flags = ::fcntl(you.fd(), F_GETFL);
        EXPECT_EQ("blocking", flags < 0 ? "closed" : (flags & O_NONBLOCK) != 0 ? "non-blocking" : std::string{"blocking"});
    });
    you.finishes();
}

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
    Learner you{{.rule = "an error of one connection is no failure of the listener: take the next connection.",
                 .why = "accept also passes on errors that wait on the new socket. Treat those like EAGAIN: try again.",
                 .read = "man 2 accept, \"Error handling\" and ERRORS",
                 .ask = "Q22"}};
    you.listener();
    std::uint32_t nth = 0;
    for (const int error : {ECONNABORTED, EPROTO, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, ENOPROTOOPT})
        you.nth(Family::accepting, ++nth).fails(error);
    Peer ann = you.connect("ann");
    you.run([&] { EXPECT_EQ("a client", attempt(you.fd())); });
    ann.expects(address_of(ann));
    you.finishes();
}

TEST(Robust, ThrowsWhatDoesNotPass)
{
    Learner you{{.rule = "an error that a retry cannot help is the caller's to know: throw it. The client keeps waiting.",
                 .why = "A descriptor comes free when one is closed, a listener that was shut down never listens again.",
                 .read = "man 2 accept, EMFILE, ENOBUFS and EINVAL",
                 .ask = "Q21, Q22"},
                {.descriptors = 8}};
    you.listener();
    you.nth(Family::accepting, 2).fails(ENFILE);
    you.nth(Family::accepting, 3).fails(ENOMEM);
    Peer ann = you.connect("ann");
    you.run([&] {
        std::vector<kata::UniqueFd> all;
        while (all.empty() || all.back())
            all.emplace_back(::dup(you.fd()));
        EXPECT_EQ("EMFILE", attempt(you.fd()));
        all.clear();
        EXPECT_EQ("ENFILE", attempt(you.fd()));
        EXPECT_EQ("ENOMEM", attempt(you.fd()));
        EXPECT_EQ("a client", attempt(you.fd()));
        EXPECT_EQ("EINVAL", attempt(you.fd()));
    });
    ann.expects(address_of(ann));
    you.shuts_down_listener();
    you.finishes();
}

TEST(Robust, TakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other; only -1 is a failure.",
                 .why = "accept gives the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 accept, RETURN VALUE",
                 .ask = "Q8, Q19"}};
    you.listener();
    Peer ann = you.connect("ann");
    you.run([&] {
        ::close(0);
        EXPECT_EQ("a client", attempt(you.fd()));
    });
    you.finishes();
}

TEST(Hostile, HandsOverClientsThatAreGone)
{
    Learner you{{.rule = "a client that left or reset in the queue is handed over with its address and its bytes.",
                 .why = "On Linux accept succeeds. Then recv gives what had come, but getpeername says ENOTCONN after a reset.",
                 .read = "man 2 accept, DESCRIPTION; man 2 getpeername, ENOTCONN",
                 .ask = "Q18, Q22, Q38"}};
    you.listener();
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    const std::string ann_is = address_of(ann), bob_is = address_of(bob);
    ann.sends("goodbye");
    ann.closes();
    bob.sends("hello");
    bob.resets();
    you.run([&] {
        const Client first = accept_one(you.fd());
        EXPECT_EQ(ann_is, who(first));
        EXPECT_EQ("goodbye", hear(first));
        const Client second = accept_one(you.fd());
        EXPECT_EQ(bob_is, who(second));
        EXPECT_EQ("hello", hear(second));
        EXPECT_EQ("ECONNRESET", hear(second));
    });
    you.finishes();
}
