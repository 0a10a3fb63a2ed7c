#include "segments.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

namespace questions {
namespace {

// A filter of a TCP socket sees the segment from the first byte of its TCP header.
constexpr unsigned flags_at = 13, syn = 0x02, all_of_it = 0xffffffff;

template <std::size_t size>
bool filters(const Fd& fd, std::array<sock_filter, size> code)
{
    const sock_fprog program{size, code.data()};
    return ::setsockopt(fd.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

constexpr sock_filter step(int code, unsigned value, unsigned char if_true = 0, unsigned char if_false = 0)
{
    return {static_cast<std::uint16_t>(code), if_true, if_false, value};
}

std::string names_of(unsigned flags)
{
    constexpr std::array<std::pair<unsigned, const char*>, 6> names{
        {{0x02, "SYN"}, {0x01, "FIN"}, {0x04, "RST"}, {0x08, "PSH"}, {0x20, "URG"}, {0x10, "ACK"}}};
    std::string text;
    for (const auto& [bit, name] : names)
        if ((flags & bit) != 0)
            text += (text.empty() ? "" : " ") + std::string{name};
    return text;
}

std::uint16_t sum_of(std::string_view bytes) // RFC 1071
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        sum += static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (i % 2 == 0 ? 8 : 0);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return htons(static_cast<std::uint16_t>(~sum));
}

} // namespace

long Segment::option(int kind) const
{
    for (std::size_t i = 0; i < options.size() && options[i] != TCPOPT_EOL;) {
        if (options[i] == TCPOPT_NOP) {
            ++i;
            continue;
        }
        const std::size_t size = i + 1 < options.size() ? options[i + 1] : 0;
        if (size < 2 || i + size > options.size())
            break;
        if (options[i] == kind) {
            long value = 0;
            for (std::size_t at = i + 2; at < i + size && at < i + 6; ++at)
                value = value * 256 + options[at];
            return value;
        }
        i += size;
    }
    return -1;
}

Capture::Capture(const Network& net) : wire_{net.socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP))} {}

Segment Capture::next(int limit_ms) const
{
    while (comes(wire_, POLLIN, limit_ms) == POLLIN) {
        std::array<unsigned char, 200> bytes{};
        sockaddr_ll where{};
        socklen_t size = sizeof where;
        const ssize_t n =
            ::recvfrom(wire_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&where), &size);
        const std::size_t ip = (bytes[0] & 15u) * 4u;
        if (n < static_cast<ssize_t>(ip + sizeof(tcphdr)) || bytes[9] != IPPROTO_TCP ||
            where.sll_pkttype == PACKET_OUTGOING) // the loopback shows each packet twice
            continue;
        tcphdr tcp{};
        std::memcpy(&tcp, bytes.data() + ip, sizeof tcp);
        Segment segment{ntohs(tcp.th_sport),
                        ntohs(tcp.th_dport),
                        names_of(tcp.th_flags),
                        ntohl(tcp.th_seq),
                        ntohl(tcp.th_ack),
                        ntohs(tcp.th_win),
                        tcp.th_off * std::size_t{4},
                        0,
                        {}};
        segment.payload = bytes[2] * 256u + bytes[3] - ip - segment.header;
        const std::size_t end = std::min(ip + segment.header, static_cast<std::size_t>(n));
        segment.options.assign(bytes.data() + ip + sizeof tcp, bytes.data() + end);
        return segment;
    }
    Segment none;
    none.flags = "nothing";
    return none;
}

Segment Capture::next_from(const Fd& sender, int limit_ms) const
{
    Segment segment = next(limit_ms);
    while (segment.from != 0 && segment.from != port_of(sender))
        segment = next(limit_ms);
    return segment;
}

std::string Capture::flags(int count) const
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += (i == 0 ? "" : ", ") + next().flags;
    return text;
}

void Capture::forgets_all() const
{
    while (next(0).from != 0) {
    }
}

bool hears_nothing(const Fd& fd) { return filters<1>(fd, {step(BPF_RET | BPF_K, 0)}); }

bool hears_only_syns(const Fd& fd)
{
    return filters<4>(fd, {step(BPF_LD | BPF_B | BPF_ABS, flags_at), step(BPF_JMP | BPF_JSET | BPF_K, syn, 0, 1),
                           step(BPF_RET | BPF_K, all_of_it), step(BPF_RET | BPF_K, 0)});
}

bool hears_segments_up_to(const Fd& fd, unsigned bytes)
{
    return filters<4>(fd, {step(BPF_LD | BPF_W | BPF_LEN, 0), step(BPF_JMP | BPF_JGT | BPF_K, bytes, 1, 0),
                           step(BPF_RET | BPF_K, all_of_it), step(BPF_RET | BPF_K, 0)});
}

bool hears_no_data_that_begin_with(const Fd& fd, char byte)
{
    // The header is as long as its 13th byte says; a segment without data makes the load fail, and that is a refusal, too: so ask
    // first.
    return filters<10>(fd, {step(BPF_LD | BPF_B | BPF_ABS, 12), step(BPF_ALU | BPF_AND | BPF_K, 0xf0),
                            step(BPF_ALU | BPF_RSH | BPF_K, 2), step(BPF_MISC | BPF_TAX, 0), step(BPF_LD | BPF_W | BPF_LEN, 0),
                            step(BPF_JMP | BPF_JGT | BPF_X, 0, 0, 2), step(BPF_LD | BPF_B | BPF_IND, 0),
                            step(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned char>(byte), 1, 0),
                            step(BPF_RET | BPF_K, all_of_it), step(BPF_RET | BPF_K, 0)});
}

bool hears_all(const Fd& fd)
{
    const int none = 0;
    return ::setsockopt(fd.get(), SOL_SOCKET, SO_DETACH_FILTER, &none, sizeof none) == 0;
}

void forges_a_syn(const Network& net, std::uint16_t from, std::uint16_t to, std::uint32_t number)
{
    tcphdr tcp{};
    tcp.th_sport = htons(from), tcp.th_dport = htons(to);
    tcp.th_seq = htonl(number);
    tcp.th_off = sizeof tcp / 4;
    tcp.th_flags = TH_SYN;
    tcp.th_win = htons(1000);
    // The checksum is also over addresses, protocol and length (RFC 9293 section 3.1, "pseudo-header").
    std::string bytes{"\x7f\0\0\1\x7f\0\0\1\0\6\0\x14", 12};
    bytes.append(reinterpret_cast<const char*>(&tcp), sizeof tcp);
    tcp.th_sum = sum_of(bytes);
    const Fd raw = net.socket(AF_INET, SOCK_RAW, IPPROTO_TCP); // raw(7): the kernel writes the IP header
    const wiring::Name there = wiring::name_of("127.0.0.1", 0);
    EXPECT_EQ(static_cast<ssize_t>(sizeof tcp), ::sendto(raw.get(), &tcp, sizeof tcp, 0, there.get(), there.size));
}

} // namespace questions
