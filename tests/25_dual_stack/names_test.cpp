// One text for one host.
#include "both.h"

#include "lab/script/at_allocation.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace lab;

namespace {

kata::Endpoint canonical_of(const std::string& text)
{
    return calls("canonical(" + text + ")", [&] { return kata::canonical(kata::parse_endpoint(text)); });
}

std::string ip_of(const kata::Endpoint& endpoint)
{
    return calls("canonical_ip()", [&] {
        errno = EMFILE; // of an accept() a minute ago: whoever looks at errno without an error sees it
        return kata::canonical_ip(endpoint);
    });
}

kata::Endpoint with_scope(const char* text, unsigned scope)
{
    kata::Endpoint endpoint = kata::parse_endpoint(text);
    reinterpret_cast<sockaddr_in6&>(endpoint.storage).sin6_scope_id = scope;
    return endpoint;
}

void expects_text(const std::string& expected, const std::string& came) { expects(came == expected, expected, came); }

} // namespace

TEST(Works, NamesAMappedClientAsIpv4)
{
    Learner you{
        {.rule = "::ffff:192.0.2.7 is the IPv4 client 192.0.2.7, and is called so.",
         .why = "That is how an IPv6 socket shows it. A rule for 192.0.2.7 matches only after you turn it back: family, size, "
                "port, and the last four bytes.",
         .read = "RFC 4291 section 2.5.5.2; man 7 ipv6",
         .ask = "Q6"}};
    you.run([] {
        const kata::Endpoint plain = canonical_of("[::ffff:192.0.2.7]:8080");
        expects(plain.family() == AF_INET && plain.size == sizeof(sockaddr_in), "an IPv4 endpoint with the size of one",
                "family " + std::to_string(plain.family()) + ", " + std::to_string(plain.size) + " bytes");
        expects_text("192.0.2.7:8080", kata::to_string(plain));
        expects_text("192.0.2.7", ip_of(kata::parse_endpoint("[::ffff:192.0.2.7]:8080")));
        expects_text("192.0.2.7", ip_of(kata::parse_endpoint("192.0.2.7:80")));
        for (const char* text : {"0.0.0.0", "0.0.0.7", "127.0.0.1", "255.255.255.255"})
            expects_text(text, ip_of(kata::parse_endpoint("[::ffff:" + std::string{text} + "]:80")));
        expects_text("2001:db8::1", ip_of(kata::parse_endpoint("[2001:DB8:0:0::0001]:80")));
        expects_text("::1", ip_of(kata::parse_endpoint("[::1]:80")));
    });
    you.finishes();
}

TEST(Robust, LeavesEveryOtherAddressAsItIs)
{
    Learner you{
        {.rule = "only ::ffff:0:0/96 is mapped. Everything else comes back byte by byte.",
         .why = "::127.0.0.1, 64:ff9b::192.0.2.7 and ::ffff:0:192.0.2.7 have an IPv4 address in them as well, and are not one. "
                "Who takes ::127.0.0.1 for 127.0.0.1 opens what was closed.",
         .read = "RFC 4291 section 2.5.5; RFC 6052 section 2.1",
         .ask = "Q6"}};
    you.run([] {
        for (const char* text :
             {"[::127.0.0.1]:80", "[64:ff9b::c000:207]:80", "[::ffff:0:c000:207]:80", "[::fffe:c000:207]:80",
              "[1::ffff:c000:207]:80", "[::1]:80", "[::]:80", "[2001:db8::1]:80", "127.0.0.1:80", "0.0.0.0:0"}) {
            const kata::Endpoint before = kata::parse_endpoint(text), after = canonical_of(text);
            expects_text(text, kata::to_string(after));
            expects(after.size == before.size && std::memcmp(&after.storage, &before.storage, before.size) == 0,
                    "the same endpoint, byte by byte", "another one");
        }
        for (int at = 0; at < 12; ++at) { // each of the twelve bytes before the last four counts
            kata::Endpoint before = kata::parse_endpoint("[::ffff:192.0.2.7]:80");
            reinterpret_cast<sockaddr_in6&>(before.storage).sin6_addr.s6_addr[at] ^= 0x40;
            expects_text(kata::to_string(before), kata::to_string(kata::canonical(before)));
        }
        kata::Endpoint before = with_scope("[fe80::1]:80", 3);
        reinterpret_cast<sockaddr_in6&>(before.storage).sin6_flowinfo = htonl(7);
        const kata::Endpoint after =
            calls("canonical(one with a scope id and a flow label)", [&] { return kata::canonical(before); });
        expects(after.size == before.size && std::memcmp(&after.storage, &before.storage, before.size) == 0,
                "the scope id and the flow label stay", "another endpoint");
        kata::Endpoint stranger = kata::parse_endpoint("[::ffff:192.0.2.7]:80"); // these bytes in another family
        stranger.storage.ss_family = AF_UNIX;
        const kata::Endpoint same = calls("canonical(an endpoint of AF_UNIX)", [&] { return kata::canonical(stranger); });
        expects(same.size == stranger.size && std::memcmp(&same.storage, &stranger.storage, same.size) == 0,
                "what is no IP address comes back byte by byte", "another endpoint");
    });
    you.finishes();
}

TEST(Robust, NamesTheInterfaceOfALinkLocalAddress)
{
    Learner you{
        {.rule = "a link-local address is one host only together with its interface: fe80::1%lo.",
         .why = "Every network card has its own fe80::1. inet_ntop() knows the address alone; sin6_scope_id has the number of "
                "the interface.",
         .read = "man 7 ipv6, sin6_scope_id; man 3 getnameinfo; RFC 4007 section 11",
         .ask = "Q6"}};
    const unsigned lo = ::if_nametoindex("lo");
    if (lo == 0)
        GTEST_SKIP() << "the loopback interface of this machine is not called lo";
    you.run([=] {
        expects_text("fe80::1%lo", ip_of(with_scope("[fe80::1]:80", lo)));
        const unsigned nobody = lo + 61 * 65'536; // the number of none; of `lo` for who keeps 16 bits of it
        expects_text("fe80::1%" + std::to_string(nobody), ip_of(with_scope("[fe80::1]:80", nobody)));
        expects_text("fe80::1", ip_of(with_scope("[fe80::1]:80", 0)));
        expects_text("febf::a:1%lo", ip_of(with_scope("[febf::a:1]:80", lo))); // fe80::/10
        expects_text("fe80:1111:2222:3333:4444:5555:6666:7777%4294967295",     // the longest
                     ip_of(with_scope("[fe80:1111:2222:3333:4444:5555:6666:7777]:80", UINT32_MAX)));
        for (const char* text : {"2001:db8::1", "fec0::1", "::1"}) // one host, on whichever interface
            expects_text(text, ip_of(with_scope(("[" + std::string{text} + "]:80").c_str(), lo)));
    });
    you.finishes();
}

TEST(Robust, HasNoSecondTextWithoutADescriptor)
{
    Learner you{
        {.rule =
             "without a descriptor, too, a link-local address is fe80::1%lo, or the errno is thrown. It is never another text.",
         .why = "if_indextoname() opens a socket, and can fail for that. Only ENXIO says that the interface has no name; "
                "getnameinfo() takes it for that, and writes the number. Whoever is banned as fe80::1%lo comes "
                "in when you have no descriptor left.",
         .read = "man 3 if_indextoname, ERRORS; RFC 4007 section 11",
         .ask = "Q6, Q21"},
        {.descriptors = 8}};
    const unsigned lo = ::if_nametoindex("lo");
    if (lo == 0)
        GTEST_SKIP() << "the loopback interface of this machine is not called lo";
    you.run([=] {
        const kata::Endpoint endpoint = with_scope("[fe80::1]:80", lo);
        std::vector<kata::UniqueFd> all;
        while (all.empty() || all.back())
            all.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        std::string text;
        const std::string error = error_of([&] { text = ip_of(endpoint); });
        if (error == "no error")
            expects(text == "fe80::1%lo", "fe80::1%lo, or an errno", text);
        expects_text("2001:db8::1", ip_of(kata::parse_endpoint("[2001:db8::1]:80"))); // nobody need be asked
    });
    you.finishes();
}

TEST(Robust, RefusesWhatIsNoAddress)
{
    Learner you{{.rule = "what is no IP address has no text: std::invalid_argument.",
                 .why = "An empty text would be equal to an empty line in somebody's list.",
                 .read = "man 7 socket, \"Socket address structures\"",
                 .ask = "Q5, Q6"}};
    you.run([] {
        kata::Endpoint unix_socket;
        unix_socket.storage.ss_family = AF_UNIX;
        unix_socket.size = sizeof(sa_family_t);
        for (const kata::Endpoint& endpoint : {kata::Endpoint{}, unix_socket})
            EXPECT_THROW(ip_of(endpoint), std::invalid_argument) << "family " << endpoint.family();
    });
    you.finishes();
}

TEST(Robust, SharesNoTextBetweenThreads)
{
    Learner you{{.rule = "two threads may ask at the same time, and each gets the text of its own address.",
                 .why =
                     "A static buffer is one for all of them: here the second thread asks while the first copies its text into "
                     "a string. inet_ntoa() has such a buffer; that is why there is inet_ntop().",
                 .read = "man 3 inet_ntoa, ATTRIBUTES; man 7 attributes, MT-Safe",
                 .ask = "Q5, Q76"}};
    you.run([] {
        const kata::Endpoint ann = kata::parse_endpoint("[2001:db8:1111:1111:1111:1111:1111:1111]:80"),
                             bob = kata::parse_endpoint("[2001:db8:2222:2222:2222:2222:2222:2222]:80");
        std::string text;
        {
            const AtAllocation meanwhile{[&] { std::thread{[&] { kata::canonical_ip(bob); }}.join(); }};
            text = kata::canonical_ip(ann);
        }
        expects_text("2001:db8:1111:1111:1111:1111:1111:1111", text);
    });
    you.finishes();
}

TEST(Robust, NamesTheInterfaceOfAClient)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "a client with a link-local address is one host together with the interface by which it came.",
                 .why = "accept() has the interface in sin6_scope_id. A ban on fe80::5%lo is for that host, and not for fe80::5 "
                        "on another network.",
                 .read = "man 7 ipv6, sin6_scope_id; RFC 4007 section 11",
                 .ask = "Q6"}};
    const unsigned lo = ::if_nametoindex("lo");
    if (lo == 0)
        GTEST_SKIP() << "the loopback interface of this machine is not called lo";
    you.peers_are_called("fe80::5%" + std::to_string(lo));
    you.run([] {
        const kata::Bound server = listens_dual();
        const kata::Accepted client = kata::accept_one(server.fd.get()).value();
        expects_text("fe80::5%lo", ip_of(client.peer));
        expects_text("fe80::5%lo", ip_of(canonical(client.peer)));
    });
    const Peer ann = you.connect_to("::1", "ann");
    you.finishes();
}

TEST(Hostile, RecognisesABannedClient)
{
    on_both_families([](std::string_view ip) {
        Learner you{{.rule = "a ban on 127.0.0.1 holds for who comes as ::ffff:127.0.0.1, and for nobody else.",
                     .why = "The listener is an IPv6 socket: the address of the IPv4 client is a mapped one.",
                     .read = "man 7 ipv6, DESCRIPTION; RFC 4291 section 2.5.5.2",
                     .ask = "Q6, Q104"}};
        you.run([] {
            const kata::Bound server = listens_dual();
            const kata::Accepted client = kata::accept_one(server.fd.get()).value();
            const std::string answer = ip_of(client.peer) == "127.0.0.1" ? "banned" : "welcome";
            ::send(client.fd.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
        });
        you.connect_to(ip, "ann").expects(ip == "127.0.0.1" ? "banned" : "welcome");
        you.finishes();
    });
}
