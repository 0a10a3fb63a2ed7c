// Q96, Q98, Q100, Q102 and Q103: datagrams.
#include "acts.h"

#include <cstring>
#include <linux/errqueue.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

Fd bound_udp_socket() { return Fd{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, true)}; }

void is_connected_to(const Fd& fd, const wiring::Name& there) { EXPECT_EQ(0, ::connect(fd.get(), there.get(), there.size)); }

ssize_t sends_datagram(const Fd& fd, const wiring::Name& there, std::string_view bytes)
{
    return ::sendto(fd.get(), bytes.data(), bytes.size(), 0, there.get(), there.size);
}

std::string gets_from(const Fd& fd, wiring::Name& sender)
{
    comes(fd, POLLIN);
    char bytes[2000];
    sender.size = sizeof sender.address;
    const ssize_t n =
        ::recvfrom(fd.get(), bytes, sizeof bytes, MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&sender.address), &sender.size);
    return {bytes, n > 0 ? static_cast<std::size_t>(n) : 0};
}

std::string datagram_of(std::size_t size) { return std::to_string(size) + ":" + lab::pattern(size); } // it knows its size

// 200 datagrams of different sizes for a receiver who does not read; how many the sender believes to have sent.
int floods(const Fd& receiver)
{
    const Fd sender = bound_udp_socket();
    const wiring::Name there = wiring::own_name(receiver.get());
    int sent = 0;
    for (std::size_t i = 1; i <= 200; ++i)
        sent += sends_datagram(sender, there, datagram_of(i)) > 0;
    return sent;
}

} // namespace

// "UDP has no checksum" predicts that SO_NO_CHECK is set; "what arrives may be a part" predicts another size or other bytes.
// Convinced: with a receiver that asks for 5 bytes a time the datagrams are not whole and the proof is red.
TEST(Q96, AWholeDatagramOrNone)
{
    const Fd receiver = bound_udp_socket();
    EXPECT_EQ(0, option(receiver, SOL_SOCKET, SO_NO_CHECK)); // socket(7) does not list it: 0 means that checksums are made
    EXPECT_TRUE(set_option(receiver, SOL_SOCKET, SO_RCVBUF, 8192));
    EXPECT_EQ(200, floods(receiver));
    int came = 0;
    for (std::string bytes; (bytes = finds(receiver, 2000)) != "EAGAIN"; ++came)
        EXPECT_EQ(datagram_of(std::stoul(bytes)), bytes);
    EXPECT_GT(came, 0);
    EXPECT_LT(came, 200);
    observed("200 sent without an error, " + std::to_string(came) + " came, each of them whole");
}

// "Loopback never loses" predicts 200, and "the sender gets an error" less than 200 successful sends.
// Convinced: with the receive buffer as it was all 200 are there, nothing is counted as dropped, and the proof is red.
TEST(Q103, AFullBufferDropsAndNobodyIsTold)
{
    const Fd receiver = bound_udp_socket();
    EXPECT_TRUE(set_option(receiver, SOL_SOCKET, SO_RXQ_OVFL, 1));
    EXPECT_TRUE(set_option(receiver, SOL_SOCKET, SO_RCVBUF, 2048));
    EXPECT_EQ(200, floods(receiver));
    int kept = 0;
    while (finds(receiver, 2000) != "EAGAIN")
        ++kept;
    const Fd sender = bound_udp_socket();
    sends_datagram(sender, wiring::own_name(receiver.get()), "one more"); // it brings the count along
    comes(receiver, POLLIN);

    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(std::uint32_t))];
    char bytes[16];
    iovec data{bytes, sizeof bytes};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    EXPECT_EQ(8, ::recvmsg(receiver.get(), &message, MSG_DONTWAIT));
    std::uint32_t dropped = 0;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    ASSERT_TRUE(header != nullptr && header->cmsg_type == SO_RXQ_OVFL);
    std::memcpy(&dropped, CMSG_DATA(header), sizeof dropped);
    EXPECT_LT(kept, 200);
    EXPECT_EQ(200u - static_cast<unsigned>(kept), dropped);
    observed("SO_RCVBUF 2048: 200 sends succeeded, " + std::to_string(kept) + " datagrams were kept; SO_RXQ_OVFL counts " +
             std::to_string(dropped));
}

// "The send fails", or udp(7)'s "also without connect()": both predict an error where none comes.
// Convinced: with the first socket connected, too, its recv() says ECONNREFUSED and the proof is red.
TEST(Q98, OnlyAConnectedSocketHearsOfIt)
{
    const Fd taken = bound_udp_socket(); // connected to itself: for all others nobody is at its port, and nobody can take it
    const wiring::Name there = wiring::own_name(taken.get());
    is_connected_to(taken, there);
    const Fd plain = bound_udp_socket(), connected = bound_udp_socket(), asking = bound_udp_socket();
    EXPECT_EQ(1, sends_datagram(plain, there, "?"));
    EXPECT_EQ("EAGAIN", finds(plain));
    EXPECT_EQ(1, sends_datagram(plain, there, "?")) << "a second time";

    is_connected_to(connected, there);
    EXPECT_EQ(1, sends(connected, "?"));
    EXPECT_EQ(-1, sends(connected, "?"));
    EXPECT_EQ("ECONNREFUSED", lab::errno_name(errno));
    EXPECT_EQ(1, sends(connected, "?")); // reported once

    EXPECT_TRUE(set_option(asking, IPPROTO_IP, IP_RECVERR, 1));
    EXPECT_EQ(1, sends_datagram(asking, there, "?"));
    EXPECT_EQ("ECONNREFUSED", finds(asking));
    wiring::Name original; // the error queue knows for whom the datagram was
    char bytes[16];
    iovec data{bytes, sizeof bytes};
    msghdr message{};
    message.msg_name = &original.address;
    message.msg_namelen = sizeof original.address;
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    EXPECT_EQ(1, ::recvmsg(asking.get(), &message, MSG_ERRQUEUE));
    EXPECT_EQ(wiring::port_of(there), wiring::port_of(original));
    observed("nobody there; plain socket: EAGAIN; connected: the second send() ECONNREFUSED, the third 1; IP_RECVERR: recv() "
             "ECONNREFUSED, and the error queue has the destination");
}

namespace {

// Answers with 1000 bytes, but to an address that has not sent back its cookie it sends no more than it got.
class CarefulServer {
public:
    explicit CarefulServer(const Fd& socket) : socket_{socket} {}
    void serves_one() const
    {
        wiring::Name from;
        const std::string request = gets_from(socket_, from), cookie = cookie_for(from);
        if (request.starts_with(cookie))
            sends_datagram(socket_, from, lab::pattern(1000));
        else if (request.size() >= cookie.size()) // no answer to what is shorter
            sends_datagram(socket_, from, cookie);
    }

private:
    std::string cookie_for(const wiring::Name& from) const // not keyed here: a real one must not be guessable
    {
        return "cookie " + std::to_string(secret_ ^ wiring::port_of(from)) + ";";
    }
    const Fd& socket_;
    unsigned secret_ = 0x5EED0000;
};

} // namespace

// "Valid requests must be answered in full" predicts 1000 bytes for 20, to whatever address the request names.
// Convinced: with the comparison of the cookie always true eve gets 1000 bytes for her 20 and the proof is red.
TEST(Q100, NoMoreThanItGotUntilTheCookieCameBack)
{
    const Fd socket = bound_udp_socket(), ann = bound_udp_socket(), eve = bound_udp_socket();
    const wiring::Name there = wiring::own_name(socket.get());
    const CarefulServer server{socket};
    const auto answer_to = [&](const Fd& client, const std::string& request) {
        sends_datagram(client, there, request);
        server.serves_one();
        return finds(client, 2000);
    };
    EXPECT_EQ("EAGAIN", answer_to(ann, ""));
    EXPECT_EQ("EAGAIN", answer_to(ann, "list"));
    const std::string padded = "list, padded to this", cookie = answer_to(ann, padded);
    EXPECT_LE(cookie.size(), padded.size());
    EXPECT_EQ(1000u, answer_to(ann, cookie + "list").size());
    EXPECT_LE(answer_to(eve, cookie + "list").size(), cookie.size() + 4); // somebody else's cookie
    observed("0 and 4 bytes: no answer; 20 bytes: a cookie of " + std::to_string(cookie.size()) +
             "; with the cookie: 1000; with somebody else's: no more than was sent");
}

namespace {

// Two descriptors sent beside one byte, into `room` bytes of control buffer; how many came, and whether the kernel says "cut".
std::string two_descriptors_into(std::size_t room)
{
    int pair[2];
    EXPECT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
    const Fd one{pair[0]}, other{pair[1]};
    char byte = 'x';
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {};
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(2 * sizeof(int));
    std::memcpy(CMSG_DATA(header), pair, sizeof pair);
    EXPECT_EQ(1, ::sendmsg(one.get(), &message, 0));

    message.msg_controllen = room;
    EXPECT_EQ(1, ::recvmsg(other.get(), &message, MSG_CMSG_CLOEXEC));
    std::vector<Fd> got;
    header = CMSG_FIRSTHDR(&message);
    for (std::size_t at = CMSG_LEN(0); header != nullptr && at < header->cmsg_len; at += sizeof(int)) {
        int fd = -1;
        std::memcpy(&fd, reinterpret_cast<const char*>(header) + at, sizeof fd);
        got.emplace_back(fd);
    }
    return std::to_string(got.size()) + ((message.msg_flags & MSG_CTRUNC) != 0 ? ", cut" : "");
}

} // namespace

// "Room for one descriptor is room for one" predicts that the two macros give the same.
// Convinced: with CMSG_SPACE in both places the first comparison is red.
TEST(Q102, SpaceHasRoomForPaddingAndLenHasNot)
{
    const std::string len = two_descriptors_into(CMSG_LEN(sizeof(int))), space = two_descriptors_into(CMSG_SPACE(sizeof(int)));
    EXPECT_EQ("1, cut", len);
    EXPECT_EQ(CMSG_ALIGN(sizeof(int)) == 2 * sizeof(int) ? "2" : "1, cut",
              space); // the padding, on 64 bits, has room for one more
    observed("two descriptors sent; CMSG_LEN(sizeof(int)) = " + std::to_string(CMSG_LEN(sizeof(int))) + " bytes of room: " + len +
             "; CMSG_SPACE(sizeof(int)) = " + std::to_string(CMSG_SPACE(sizeof(int))) + ": " + space);
}
