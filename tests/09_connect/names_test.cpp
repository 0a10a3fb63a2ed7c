// connect_to(): a name and its addresses.
#include "09_connect/script.h"

#include <netdb.h>
#include <sys/socket.h>
#include <thread>

using namespace lab;
using script::connect_to, script::expects_words_of;

TEST(Works, TriesAllAddressesOfAName)
{
    Learner you{{.rule = "a name stands for a list of addresses: try them all, and by TCP only.",
                 .why =
                     "getaddrinfo() gives a linked list. Without ai_socktype it holds each address once for each type of socket, "
                     "and a UDP socket \"connects\" to anything, for connect() then sends nothing.",
                 .read = "man 3 getaddrinfo, ai_socktype and ai_next",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    you.resolves("db.test", {private_loopback(), "127.0.0.1"}); // at the first one, nobody listens on ann's port
    you.run([&] { expects_to_hear(connect_to("db.test", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Works, TriesBothFamiliesOfAName)
{
    Learner you{{.rule = "the addresses of a name may be of both families: try each with a socket of its own.",
                 .why = "Most names have an IPv6 address first. Where the server, or the way to it, knows IPv4 only, it fails.",
                 .read = "man 3 getaddrinfo, ai_family; RFC 6724 section 6",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    you.resolves("db.test", {"::1", "127.0.0.1"}); // at the first one, nobody listens on ann's port
    you.run([&] { expects_to_hear(connect_to("db.test", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, KeepsTheOrderOfTheName)
{
    Learner you{
        {.rule = "the addresses of a name are tried in the order in which getaddrinfo() gives them.",
         .why = "It has sorted them already: by what this machine can reach, and by what its owner has said in gai.conf. Who "
                "sorts them again, or lets the families take turns, tries what was put behind for a reason.",
         .read = "man 3 getaddrinfo, DESCRIPTION; man 5 gai.conf; RFC 6724 section 6",
         .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    you.resolves("db.test", {private_loopback(), "127.63.0.1", "::1", "127.0.0.1"}); // nobody has ann's port at the first three
    you.run([&] { expects_to_hear(connect_to("db.test", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
    std::string families;
    for (const CallRecord& call : you.calls())
        if (call.call == Call::socket)
            families += call.args[0] == AF_INET6 ? " IPv6" : " IPv4";
    expects(families == " IPv4 IPv4 IPv6 IPv4", "sockets of the families IPv4 IPv4 IPv6 IPv4",
            "sockets of the families" + families);
}

TEST(Robust, TriesHoweverManyThereAre)
{
    Learner you{{.rule = "a name may have any number of addresses, and each of them is tried.",
                 .why = "A service with twenty machines has one name. An array with room for eight knows nothing of the others.",
                 .read = "man 3 getaddrinfo, DESCRIPTION: a linked list",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    std::vector<std::string> ips(19, private_loopback()); // nobody listens there on ann's port
    ips.emplace_back("127.0.0.1");
    you.resolves("db.test", ips);
    you.run([&] { expects_to_hear(connect_to("db.test", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, ServesTwoThreadsAtOnce)
{
    Learner you{{.rule = "two threads may connect at the same time: what one tries, the other does not see.",
                 .why =
                     "A static variable is one for all threads. The test holds one thread before its first connect() until the "
                     "other has its connection.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q76, Q81"}};
    Host ann = you.host("ann"), bob = you.host("bob");
    Peer cy = you.wire("cy"); // tells the second thread when
    for (const char* name : {"ann.test", "bob.test"})
        you.resolves(name, {private_loopback(), "127.0.0.1"}); // at the first one, nobody listens
    you.nth(Family::connecting, 1).pauses();
    you.run([&] {
        std::thread first{[&] { expects_to_hear(connect_to("ann.test", std::to_string(ann.port())).get(), "hello"); }};
        expects_to_hear(you.fd(), "go");
        expects_to_hear(connect_to("bob.test", std::to_string(bob.port())).get(), "hello");
        ::send(you.fd(), "done", 4, MSG_NOSIGNAL);
        first.join();
    });
    ASSERT_TRUE(you.paused());
    cy.sends("go");
    bob.accepts().sends("hello");
    cy.expects("done");
    you.resume();
    ann.accepts().sends("hello");
    bob.expects_nobody();
    you.finishes();
}

TEST(Robust, LeavesNothingBehindWhenANameFails)
{
    Learner you{
        {.rule = "free the list of getaddrinfo() on every path, also when connect_any() throws.",
         .why = "An exception leaves your function past the call of freeaddrinfo(). An owner with a destructor does not care.",
         .read = "man 3 getaddrinfo, freeaddrinfo()",
         .ask = "Q81"}};
    Host shut = you.refusing_host("shut");
    you.run([&] { EXPECT_EQ("ECONNREFUSED", error_of([&] { connect_to("127.0.0.1", std::to_string(shut.port())); })); });
    you.finishes();
    script::gives_each_list_back(you);
}

TEST(Robust, TakesEitherFamilyAndPartsOfALongerText)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "host and service end where the views end, and the host may be of any family.",
                 .why =
                     "getaddrinfo() reads until a zero byte, which a std::string_view does not promise. AF_UNSPEC asks for both "
                     "families.",
                 .read = "man 3 getaddrinfo, ai_family",
                 .ask = "Q81"}};
    Host ann = you.host("ann", "::1");
    const std::string text = "::1, port " + std::to_string(ann.port()) + "00";
    you.run([&] {
        const std::string_view view = text;
        expects_to_hear(connect_to(view.substr(0, 3), view.substr(10, view.size() - 12)).get(), "hello");
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, ReachesAMappedAddress)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "::ffff:127.0.0.1 is an address like any other, and an IPv6 socket reaches the IPv4 host behind it.",
                 .why = "The kernel speaks IPv4 then, where the socket lets it: IPV6_V6ONLY forbids that, ENETUNREACH.",
                 .read = "man 7 ipv6, DESCRIPTION and IPV6_V6ONLY; RFC 4291 section 2.5.5.2",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    you.run([&] { expects_to_hear(connect_to("::ffff:127.0.0.1", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, KeepsTheInterfaceOfALinkLocalAddress)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "connect to the address as getaddrinfo() gives it, with all that it holds.",
                 .why = "A link-local address has an interface, in sin6_scope_id: without it the kernel does not know where to "
                        "send, and says EINVAL. inet_ntop() does not show it.",
                 .read = "man 7 ipv6, sin6_scope_id; man 3 getaddrinfo, DESCRIPTION",
                 .ask = "Q81, Q91"}};
    you.resolves("near.test", {"fe80::1%lo"}); // loopback has no such address
    you.run([&] {
        const std::string error = error_of([] { connect_to("near.test", "80"); });
        expects(error != "EINVAL", "the kernel looks for a way to fe80::1 on the interface lo", error);
    });
    you.finishes();
}

TEST(Robust, SaysWhyANameHasNoAddress)
{
    Learner you{{.rule = "getaddrinfo() has error numbers of its own: report the words of gai_strerror().",
                 .why = "It returned the reason. errno holds what some earlier call left there, and -2 is no errno.",
                 .read = "man 3 getaddrinfo, RETURN VALUE; man 3 gai_strerror",
                 .ask = "Q81"}};
    you.cannot_resolve("nowhere.test", EAI_NONAME);
    you.cannot_resolve("busy.test", EAI_AGAIN); // is told, too: the caller knows whether it is worth another try
    you.cannot_resolve("broken.test", EAI_SYSTEM, EMFILE);
    you.cannot_resolve("", EAI_NONAME); // a null pointer in its place would stand for this machine
    you.run([] {
        expects_words_of(EAI_NONAME, [] { connect_to("nowhere.test", "80"); });
        expects_words_of(EAI_AGAIN, [] { connect_to("busy.test", "80"); });
        expects_words_of(EAI_NONAME, [] { connect_to("", "80"); });
        EXPECT_EQ("EMFILE", error_of([] { connect_to("broken.test", "80"); }));
    });
    you.finishes();
    expects(you.count(Call::getaddrinfo) == 4, "one lookup for each of the four names",
            std::to_string(you.count(Call::getaddrinfo)) + " lookups");
}

TEST(Robust, SaysThatAServiceIsNotKnown)
{
    Learner you{{.rule = "a service is a number or a name; of one that nobody knows, getaddrinfo() says so.",
                 .why = "atoi() makes 0 of a name, and reads the begin of \"80x\" only. Leave the text to getaddrinfo().",
                 .read = "man 3 getaddrinfo, EAI_SERVICE; man 5 services",
                 .ask = "Q81"}};
    you.run([] {
        for (const std::string& nobodys : {std::string{"no-such-service"}, std::string(200, 's')}) // the reason fits, too
            expects_words_of(EAI_SERVICE, [&] { connect_to("127.0.0.1", nobodys); });
    });
    you.finishes();
}
