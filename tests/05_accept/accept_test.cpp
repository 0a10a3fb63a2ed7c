#include "accepting.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace accepting;

TEST(Works, HandsOverAClient)
{
    Learner you{{.rule = "accept gives a new socket for one client, and the address from which the client connects.",
                 .why = "The kernel has completed the handshake alone. The address comes back with the socket, if there is room.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q18, Q19"}};
    you.listener();
    Peer ann = you.connect("ann");
    ann.sends("hello");
    you.run([&] {
        const Client client = accept_one(you.fd());
        greet(client);
        EXPECT_EQ("hello", hear(client));
    });
    ann.expects(address_of(ann));
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

TEST(Works, SleepsUntilSomebodyComes)
{
    Learner you{{.rule = "while nobody waits, accept sleeps, for hours if need be; a client need not say a word to be accepted.",
                 .why = "From the handshake on the client is ready, and in many protocols the server speaks first.",
                 .read = "man 2 accept, DESCRIPTION",
                 .ask = "Q18, Q19"}};
    you.listener();
    you.run([&] { EXPECT_EQ("a client", attempt(you.fd())); });
    you.time_passes(1min);
    const int looks = you.waits_in_vain();
    ASSERT_TRUE(looks <= 60) << "in a minute in which nobody came you looked " << looks << " times: wait for the event";
    you.time_passes(1h);
    if (you.waits_in_vain() == looks) // it sleeps for good: or for INT_MAX milliseconds?
        you.time_passes(25 * 24h);
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
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

TEST(Works, NamesAClientOfEitherFamily)
{
    constexpr Lesson lesson{
        .rule = "an address needs the room of its family, and its size: sockaddr_storage has room for any.",
        .why = "accept cuts what does not fit, and says how long it is. A sockaddr_in has 16 bytes, a sockaddr_in6 28.",
        .read = "man 2 accept, DESCRIPTION; man 7 socket, \"Socket address structures\"",
        .ask = "Q6, Q19"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.listener(16, false, ip);
        you.run([&] {
            const Client client = accept_one(you.fd());
            greet(client);
            const std::string right = ip == "::1" ? "28" : "16", came = client ? std::to_string(client->peer.size) : "no client";
            expects(came == right, "an address of " + right + " bytes", came);
        });
        Peer ann = you.connect("ann");
        ann.expects(address_of(ann, ip));
        you.finishes();
    });
}

TEST(Robust, NamesTheInterfaceOfAClient)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{
        {.rule = "a link-local address is known with its interface only: the client comes from fe80::5%7, not from fe80::5.",
         .why = "The same address may be in use behind each network card. Copy the whole structure, sin6_scope_id, too.",
         .read = "man 7 ipv6, sin6_scope_id; man 2 accept, DESCRIPTION",
         .ask = "Q6, Q19"}};
    you.listener(16, false, "::1");
    you.peers_are_called("fe80::5%7");
    Peer ann = you.connect("ann");
    you.run([&] { EXPECT_EQ("a client", attempt(you.fd())); });
    ann.expects(address_of(ann, "fe80::5%7"));
    you.finishes();
}

TEST(Robust, LetsAnotherBeFaster)
{
    Learner you{{.rule = "what poll() said is over when accept() is called: EAGAIN is \"nobody\" then, too.",
                 .why = "Other processes may wait on the same listener. One of them has taken the client in between.",
                 .read = "man 2 accept, NOTES; man 2 poll",
                 .ask = "Q19, Q79"}};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.nth(Family::accepting, 1).fails(EAGAIN);
    you.run([&] {
        EXPECT_EQ("nullopt", attempt(you.fd()));
        EXPECT_EQ("a client", attempt(you.fd()));
    });
    you.finishes();
}

TEST(Robust, GivesASocketWithFlagsOfItsOwn)
{
    Learner you{
        {.rule = "the new socket has none of the listener's flags: it blocks, and you ask for close-on-exec with accept4().",
         .why = "Else every program that the server starts, in whichever thread, keeps the connection open. And only BSD "
                "hands O_NONBLOCK on.",
         .read = "man 2 accept, SOCK_CLOEXEC and STANDARDS; man 2 open, O_CLOEXEC",
         .ask = "Q20"}};
    you.listener(16, true);
    Peer ann = you.connect("ann");
    you.run([&] {
        const Client client = accept_one(you.fd());
        expects_closed_on_exec(client ? client->fd.get() : -1);
        EXPECT_EQ("hello", hear(client));
    });
    you.time_passes(25h); // a socket that blocks waits for ever
    ann.sends("hello");
    you.finishes();
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::accept && (call.call != Call::accept4 || (call.args[0] & SOCK_CLOEXEC) != 0),
                "close-on-exec from the first moment: accept4() is told SOCK_CLOEXEC",
                "a moment after " + std::string{name_of(call.call)} +
                    "() in which a program started by another thread inherits the socket");
}

TEST(Robust, LeavesTheListenerAsItWas)
{
    Learner you{{.rule = "the listener is the caller's: it stays open, and keeps its flags and options.",
                 .why = "Closing it ends the server. And O_NONBLOCK belongs to the socket: all who share it would get it.",
                 .read = "man 2 fcntl, F_SETFL; man 2 accept, DESCRIPTION",
                 .ask = "Q19, Q20"}};
    you.listener();
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    you.run([&] {
        EXPECT_EQ("a client", attempt(you.fd()));
        EXPECT_EQ("a client", attempt(you.fd()));
        expects_open(you.fd(), "after two clients");
    });
    you.finishes();
    for (const CallRecord& call : you.calls()) {
        const bool changes = (call.call == Call::fcntl && call.args[0] == F_SETFL) || call.call == Call::setsockopt ||
                             (call.call == Call::ioctl && static_cast<unsigned long>(call.args[0]) == FIONBIO);
        expects(!changes || call.fd != you.fd(), "the listener is as it was all the time",
                std::string{name_of(call.call)} + "(" + std::to_string(call.fd) +
                    (call.call == Call::fcntl   ? ", F_SETFL"
                     : call.call == Call::ioctl ? ", FIONBIO"
                                                : ", ...") +
                    "): another process that accepts there finds it changed meanwhile");
    }
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

TEST(Robust, TakesAListenerOfAnyNumber)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "a listener may have any number, one above 1023 as well.",
                 .why = "A busy server has thousands of descriptors. An fd_set of select() ends at 1023.",
                 .read = "man 2 select, BUGS; man 2 poll",
                 .ask = "Q19, Q70"},
                {.descriptors = 2048}};
    you.listener();
    you.run([&] {
        const int high = ::fcntl(you.fd(), F_DUPFD_CLOEXEC, 1100);
        EXPECT_EQ("a client", attempt(high));
        ::close(high);
    });
    you.settles();
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
    you.finishes();
}

TEST(Hostile, HandsOverClientsThatAreGone)
{
    Learner you{{.rule = "a client that left or reset in the queue is handed over with its address and its bytes.",
                 .why = "On Linux accept succeeds. Then recv gives what had come, but getpeername says ENOTCONN after a reset.",
                 .read = "man 2 accept, DESCRIPTION; man 2 getpeername, ENOTCONN",
                 .ask = "Q18, Q22, Q38"}};
    you.listener();
    Peer ann = you.connect("ann"), bob = you.connect("bob"), eve = you.connect("eve");
    const std::string ann_is = address_of(ann), bob_is = address_of(bob), eve_is = address_of(eve);
    ann.sends("goodbye");
    ann.closes();
    bob.sends("hello");
    bob.resets();
    eve.resets();
    you.run([&] {
        const Client first = accept_one(you.fd());
        EXPECT_EQ(ann_is, who(first));
        EXPECT_EQ("goodbye", hear(first));
        const Client second = accept_one(you.fd());
        EXPECT_EQ(bob_is, who(second));
        EXPECT_EQ("hello", hear(second));
        EXPECT_EQ("ECONNRESET", hear(second));
        const Client third = accept_one(you.fd());
        EXPECT_EQ(eve_is, who(third));
        EXPECT_EQ("ECONNRESET", hear(third)); // it is told once, to whoever asks first
    });
    you.finishes();
}
