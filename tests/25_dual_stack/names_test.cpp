// One text for one host.
#include "both.h"

#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdexcept>
#include <vector>

using namespace lab;

namespace {

kata::Endpoint canonical_of(const std::string& text)
{
    return calls("canonical(" + text + ")", [&] { return kata::canonical(kata::parse_endpoint(text)); });
}

std::string ip_of(const kata::Endpoint& endpoint)
{
    return calls("canonical_ip()", [&] { return kata::canonical_ip(endpoint); });
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
        const kata::Endpoint before = with_scope("[fe80::1]:80", 3), after = kata::canonical(before);
        expects(std::memcmp(&after.storage, &before.storage, before.size) == 0, "the scope id stays", "another endpoint");
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
        expects_text("fe80::1%4000000", ip_of(with_scope("[fe80::1]:80", 4'000'000))); // nobody has that one
        expects_text("fe80::1", ip_of(with_scope("[fe80::1]:80", 0)));
        expects_text("febf::a:1%lo", ip_of(with_scope("[febf::a:1]:80", lo))); // fe80::/10
    });
    you.finishes();
}

TEST(Robust, KeepsTheInterfaceWithoutADescriptor)
{
    Learner you{
        {.rule = "without a descriptor, too, a link-local address has its interface behind it: by its name, or by its number.",
         .why = "if_indextoname() opens a socket, and can fail with EMFILE. That does not say that there is no such interface, "
                "or no address; and fe80::1 alone is one host in each network.",
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
        if (error_of([&] { text = ip_of(endpoint); }) == "no error") // an errno says more than half an address
            expects(text == "fe80::1%lo" || text == "fe80::1%" + std::to_string(lo), "fe80::1 with its interface", text);
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
