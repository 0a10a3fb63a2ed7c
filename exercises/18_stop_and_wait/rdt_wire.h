#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

// The datagrams of this protocol, ready to use. There is nothing to write in this file.
//
//   byte   0     kind: 'D' a block of data, 'A' the acknowledgement of one
//          1     sequence: '0' or '1'; an acknowledgement has that of the block that it answers
//          2..5  checksum of all other bytes (Fletcher's, modulo 255), four hex digits
//          6..   the bytes of the block; an acknowledgement has none
namespace kata {

constexpr std::size_t rdt_header = 6;

struct RdtPacket {
    char kind = 0;                      // 'D' or 'A'; 0: damaged, and the rest says nothing
    char sequence = '0';                // '0' or '1'
    std::span<const std::byte> payload; // inside the datagram: valid as long as that is
};

inline std::array<std::byte, 4> rdt_checksum(std::span<const std::byte> datagram)
{
    unsigned sum = 0, sums = 0;
    for (std::size_t i = 0; i < datagram.size(); ++i) {
        sum = (sum + (i < 2 || i >= rdt_header ? std::to_integer<unsigned>(datagram[i]) : 0u)) % 255;
        sums = (sums + sum) % 255;
    }
    const auto digit = [](unsigned value) { return static_cast<std::byte>("0123456789abcdef"[value & 0xF]); };
    return {digit(sums >> 4), digit(sums), digit(sum >> 4), digit(sum)};
}

inline std::vector<std::byte> rdt_pack(const RdtPacket& packet)
{
    std::vector<std::byte> datagram(rdt_header + packet.payload.size());
    datagram[0] = static_cast<std::byte>(packet.kind);
    datagram[1] = static_cast<std::byte>(packet.sequence);
    for (std::size_t i = 0; i < packet.payload.size(); ++i)
        datagram[rdt_header + i] = packet.payload[i];
    const std::array<std::byte, 4> checksum = rdt_checksum(datagram);
    for (std::size_t i = 0; i < checksum.size(); ++i)
        datagram[2 + i] = checksum[i];
    return datagram;
}

// Takes any bytes. What is cut short, altered, or not of this protocol is damaged.
inline RdtPacket rdt_unpack(std::span<const std::byte> datagram)
{
    if (datagram.size() < rdt_header)
        return {};
    const RdtPacket packet{static_cast<char>(datagram[0]), static_cast<char>(datagram[1]), datagram.subspan(rdt_header)};
    const bool known = (packet.kind == 'D' || packet.kind == 'A') && (packet.sequence == '0' || packet.sequence == '1');
    return known && rdt_pack(packet) == std::vector<std::byte>(datagram.begin(), datagram.end()) ? packet : RdtPacket{};
}

} // namespace kata
