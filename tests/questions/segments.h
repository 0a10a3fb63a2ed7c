#pragma once

#include "network.h"

// Segments on the wire of a Network: seen, lost, and forged.
namespace questions {

// One segment of TCP (RFC 9293 section 3.1).
struct Segment {
    std::uint16_t from = 0, to = 0;
    std::string flags; // "SYN", "SYN ACK", "ACK", "PSH ACK", "FIN ACK", "RST", "RST ACK"...; "nothing": none came
    std::uint32_t number = 0, acknowledges = 0;
    std::uint16_t window = 0;            // as it stands there, not scaled
    std::size_t header = 0, payload = 0; // bytes
    // The value of an option in the header, such as TCPOPT_WINDOW of <netinet/tcp.h>; -1: it is not there.
    long option(int kind) const;
    std::vector<unsigned char> options;
};

// All TCP segments of a network from now on, each once, in their order (packet(7)).
class Capture {
public:
    explicit Capture(const Network& net);
    Segment next(int limit_ms = 4000) const;                        // waits for it
    Segment next_from(const Fd& sender, int limit_ms = 4000) const; // and leaves out those of others
    std::string flags(int count) const;                             // of the next segments: "SYN, SYN ACK, ACK"
    void forgets_all() const;                                       // that has come until now

private:
    Fd wire_;
};

// What is lost on its way to this socket from now on: a socket filter refuses it (socket(7), SO_ATTACH_FILTER), and it is as if
// it had never come. The sender's kernel does not know.
bool hears_nothing(const Fd& fd);
bool hears_only_syns(const Fd& fd);
bool hears_segments_up_to(const Fd& fd, unsigned bytes); // of header and payload
bool hears_no_data_that_begin_with(const Fd& fd, char byte);
bool hears_all(const Fd& fd); // again

// Sends a SYN that no socket of this network stands behind, as a late copy or a forger would.
void forges_a_syn(const Network& net, std::uint16_t from, std::uint16_t to, std::uint32_t number);

} // namespace questions
