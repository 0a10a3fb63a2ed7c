#pragma once

#include "18_stop_and_wait/stop_and_wait.h"
#include "lab/lab.h"

#include <chrono>

// What bob says and hears, in the words of the protocol.
namespace script {

using namespace std::string_view_literals;

inline std::string packed(char kind, char sequence, std::string_view payload)
{
    return std::string{lab::text(kata::rdt_pack({kind, sequence, lab::bytes(payload)}))};
}
inline std::string data(char sequence, std::string_view payload) { return packed('D', sequence, payload); }
inline std::string ack(char sequence) { return packed('A', sequence, ""); }

// One bit of it is not as it was sent.
inline std::string damaged(std::string datagram, std::size_t at)
{
    datagram[at] = static_cast<char>(datagram[at] ^ 1);
    return datagram;
}

inline std::string words(std::string_view datagram)
{
    const kata::RdtPacket packet = kata::rdt_unpack(lab::bytes(datagram));
    const std::string sequence{packet.sequence};
    const std::string size = std::to_string(packet.payload.size());
    return packet.kind == 'A'   ? "ACK " + sequence + (packet.payload.empty() ? "" : " with " + size + " bytes")
           : packet.kind == 'D' ? "DATA " + sequence + " " + testing::PrintToString(std::string{lab::text(packet.payload)})
           : datagram.empty()   ? "an empty datagram"
                                : "a damaged datagram";
}

// Bob is the other side: the learner's socket is connected to him.
inline lab::UdpPeer bob_of(lab::Learner& you)
{
    lab::UdpPeer bob = you.connected_udp_wire("bob");
    bob.speaks(words);
    return bob;
}

// What is left of a wait may be rounded down to whole milliseconds: then poll() is asked often in the last one.
inline const lab::Limits limits{.idle_calls = 2000};

// For scripts in which nothing is lost: no timer ends, however slow the machine is.
constexpr kata::RdtOptions calm{.block = 4, .retransmit_ms = 1000, .tries = 3, .patience_ms = 1000, .linger_ms = 1};

inline auto sends(int fd, std::string_view text, const kata::RdtOptions& options = calm)
{
    return [=] { kata::rdt_send(fd, lab::bytes(text), options); };
}

inline auto receives(int fd, std::string_view expected, const kata::RdtOptions& options = calm)
{
    return [=] {
        const std::vector<std::byte> came = kata::rdt_recv(fd, options);
        EXPECT_EQ(expected, lab::text(came));
    };
}

// For waits that are long: the lab's clock jumps, and nobody waits for it.
inline constexpr lab::Limits patient{.own_time = std::chrono::hours{3}, .idle_calls = 2000};

inline void expects_time(const lab::Learner& you, std::chrono::milliseconds time, int line = __builtin_LINE())
{
    const auto in_ms = [](std::chrono::milliseconds ms) { return std::to_string(ms.count()) + " ms"; };
    lab::expects(you.took() == time, "all of it takes " + in_ms(time), "it took " + in_ms(you.took()), __FILE__, line);
}

// A wait is one sleep that only time ends. A pause between two looks is one, too, and there are many of them.
inline void expects_sleeps(const lab::Learner& you, int most, int line = __builtin_LINE())
{
    const int slept = you.waits_in_vain();
    lab::expects(slept <= most, "you sleep until something comes, or the time is over: " + std::to_string(most) + " times",
                 "you slept " + std::to_string(slept) + " times: a pause and a look, again and again", __FILE__, line);
}

} // namespace script
