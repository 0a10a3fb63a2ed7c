// Q132, Q144, Q149 and Q150: addresses that change, groups, a listener that moves, and names.
#include "states.h"

#include <fcntl.h>
#include <netdb.h>
#include <vector>

using namespace questions;

namespace {

Fd udp_socket(const char* ip = nullptr)
{
    return ip == nullptr ? Fd{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)} : Fd{wiring::bound_socket(ip, SOCK_DGRAM, false)};
}

ssize_t sends_to(const Fd& from, const wiring::Name& there, std::string_view text)
{
    return ::sendto(from.get(), text.data(), text.size(), MSG_NOSIGNAL, there.get(), there.size);
}

} // namespace

// "QUIC is a connection of two addresses and two ports, as TCP": an id in each datagram names it, so the address may change under
// way. Convinced: when the server connects its socket to the first address, the second datagram does not come and the proof is
// red.
TEST(Q132, AnIdSurvivesANewAddress)
{
    const Fd server = udp_socket("127.0.0.1");
    const wiring::Name there = wiring::own_name(server.get());
    const Fd at_home = udp_socket("127.0.0.1"), on_the_road = udp_socket("127.0.0.2");
    std::vector<std::string> sources;
    for (const Fd* client : {&at_home, &on_the_road}) {
        sends_to(*client, there, "id 7: hello");
        ASSERT_EQ(POLLIN, comes(server, POLLIN));
        wiring::Name from;
        from.size = sizeof from.address;
        char text[20] = {};
        EXPECT_EQ(11, ::recvfrom(server.get(), text, sizeof text, 0, reinterpret_cast<sockaddr*>(&from.address), &from.size));
        EXPECT_STREQ("id 7: hello", text);
        sources.push_back(wiring::text_of(from));
    }
    EXPECT_NE(sources[0], sources[1]);
    observed("\"id 7\" from " + sources[0] + " and from " + sources[1] + ": the same conversation for who looks at the id");
}

// "Who has not joined hears nothing": on Linux a socket hears all groups that anybody on this host has joined, here dave.
// Convinced: with IP_MULTICAST_ALL 0 on both, bob hears nothing and the proof is red.
TEST(Q144, WhoHasNotJoinedHearsTheGroupToo)
{
    const Fd ann = udp_socket();
    EXPECT_TRUE(set_option(ann, SOL_SOCKET, SO_REUSEADDR, 1));
    wiring::Name any = wiring::name_of("0.0.0.0", 0);
    ASSERT_EQ(0, ::bind(ann.get(), any.get(), any.size));
    any = wiring::own_name(ann.get());
    const Fd bob = udp_socket(), carl = udp_socket();
    for (const Fd* other : {&bob, &carl}) {
        EXPECT_TRUE(set_option(*other, SOL_SOCKET, SO_REUSEADDR, 1));
        ASSERT_EQ(0, ::bind(other->get(), any.get(), any.size));
    }
    EXPECT_TRUE(set_option(carl, IPPROTO_IP, IP_MULTICAST_ALL, 0));

    const Fd dave = udp_socket();                                         // has no port of his own
    const in_addr here{htonl(INADDR_LOOPBACK)}, group{htonl(0xefff4d01)}; // 239.255.77.1, of this site alone: RFC 2365
    const ip_mreq_source member{group, here, here};                       // and from 127.0.0.1 alone
    const ip_mreq anybody{group, here};
    if (::setsockopt(ann.get(), IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &member, sizeof member) < 0 ||
        ::setsockopt(dave.get(), IPPROTO_IP, IP_ADD_MEMBERSHIP, &anybody, sizeof anybody) < 0)
        GTEST_SKIP() << "the loopback of this machine takes no members: " << lab::errno_name(errno);
    const wiring::Name there = wiring::name_of("239.255.77.1", wiring::port_of(any));
    for (const char* ip : {"127.0.0.2", "127.0.0.1"}) {
        const Fd sender = udp_socket(ip);
        EXPECT_EQ(0, ::setsockopt(sender.get(), IPPROTO_IP, IP_MULTICAST_IF, &here, sizeof here));
        EXPECT_EQ(9, sends_to(sender, there, ip));
    }
    EXPECT_EQ("127.0.0.1", gets(ann)); // her source alone
    EXPECT_EQ("127.0.0.2", gets(bob)); // he joined nothing
    EXPECT_EQ("127.0.0.1", gets(bob));
    EXPECT_EQ("EAGAIN", finds(carl));
    observed("ann joined with one source: its datagram; bob joined nothing: both; carl, with IP_MULTICAST_ALL 0: none");
}

// "Close the old listener and open a new one, fast": its queue would die. Passed on, it is the same queue (SCM_RIGHTS, or over
// exec). Convinced: with a new listener on the same port in place of the same one, the three are reset and the proof is red.
TEST(Q149, TheQueueMovesWithTheListener)
{
    Fd old_process{wiring::listening_socket("127.0.0.1", 8, false)};
    std::vector<Fd> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(client_of(old_process));
    const Fd new_process{::fcntl(old_process.get(), F_DUPFD_CLOEXEC, 0)}; // what a message with SCM_RIGHTS does
    old_process.close();
    clients.push_back(client_of(new_process)); // and nobody is refused in between
    std::vector<Fd> accepted;
    for (std::size_t i = 0; i < clients.size(); ++i)
        accepted.push_back(accepted_from(new_process));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_EQ(5, sends(clients[i], "hello"));
        EXPECT_EQ("hello", gets(accepted[i]));
    }
    observed("3 clients waited when the old process closed its listener; the new one served them, and a 4th");
}

// "It returns one address, and sets errno": a list, one entry for each kind of socket, and an error code of its own. Convinced:
// with a socket type in the hints there is one entry and the proof is red.
TEST(Q150, GetaddrinfoReturnsAListAndAnErrorOfItsOwn)
{
    const auto types_of = [](const char* name, const addrinfo& hints, int& error) {
        std::string types;
        addrinfo* list = nullptr;
        error = ::getaddrinfo(name, nullptr, &hints, &list);
        for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next)
            types += (types.empty() ? "" : " ") + std::to_string(entry->ai_socktype);
        if (list != nullptr)
            ::freeaddrinfo(list);
        return types;
    };
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST; // asks no server, so it cannot block
    int error = 0;
    EXPECT_EQ("1 2 3", types_of("127.0.0.1", hints, error)); // SOCK_STREAM, SOCK_DGRAM, SOCK_RAW
    EXPECT_EQ("", types_of("localhost", hints, error));
    EXPECT_EQ(EAI_NONAME, error);
    hints.ai_socktype = SOCK_STREAM;
    EXPECT_EQ("1", types_of("127.0.0.1", hints, error));
    observed("127.0.0.1 without hints: 3 entries, of types 1 2 3; with SOCK_STREAM: 1; a name with AI_NUMERICHOST: EAI_NONAME");
}
