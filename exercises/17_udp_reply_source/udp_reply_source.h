#pragma once

#include "02_address/address.h"

#include <cstddef>
#include <netinet/in.h>
#include <span>
#include <vector>

namespace kata {

// From now on every datagram that comes to the IPv4 UDP socket `fd` brings the address that it came to (ip(7), IP_PKTINFO).
// Call it before bind(2): what was queued earlier lacks it, or has 0.0.0.0 there, which is none. Throws std::system_error with
// errno.
//
//   UniqueFd server = open_socket(AF_INET, SOCK_DGRAM);
//   enable_pktinfo(server.get());   // then bind it to 0.0.0.0
void enable_pktinfo(int fd);

struct Datagram {
    std::vector<std::byte> data; // the first `cap` bytes, or all when there are fewer
    Endpoint from;               // its sender; `size` is that of its family
    in_addr local{};             // the address of this machine that an answer has to come from, in network byte order
    bool truncated = false;      // it had more than `cap` bytes; the others are lost
};

// Waits until a datagram comes to the blocking socket `fd` (without IP_RECVERR or SO_RCVTIMEO); an empty one is a datagram like
// any other. While it waits it sleeps, for as long as it takes: no CPU, no fixed pauses. `cap` is the room that it may take, in
// bytes: 0 is legal, and more than 65535 is never needed (RFC 768, Length). `local` is the address that its sender asked; whoever
// asks a broadcast or a group (multicast) asks none, so there it is an address of this machine on the sender's side (ip(7),
// ipi_spec_dst). Up to 256 bytes of other control messages, which the caller has switched on, do not matter, wherever they stand
// (cmsg(3)).
//
// A signal is no error, and neither is what an earlier answer left behind (ECONNREFUSED: its client is gone; udp(7), "Error
// handling"): the datagram is waited for all the same. Throws std::system_error with ENOMSG when the datagram, which is then
// lost, came without that address, with 0.0.0.0 or with a part of it (recvmsg(2), MSG_CTRUNC), and with errno when the socket
// cannot receive (EBADF). Does not close `fd`.
Datagram recv_datagram(int fd, std::size_t cap);

// Sends one datagram to `to`, with `local` as its source address and the port of `fd` as its source port. A `local` of 0.0.0.0
// leaves the choice to the kernel. A signal is no error, nor is the ECONNREFUSED of an earlier answer: this one is sent. Throws
// std::system_error with errno when it is not sent: `local` is not an address of this machine (ENETUNREACH or EINVAL, depending
// on the kernel), `to` is of another family (EAFNOSUPPORT), EMSGSIZE, EACCES, EAGAIN where the caller has made `fd`
// non-blocking... The socket is as good as before.
//
//   const Datagram question = recv_datagram(fd, 2048);
//   reply_from(fd, question.local, question.from, question.data);
void reply_from(int fd, in_addr local, const Endpoint& to, std::span<const std::byte> data);

} // namespace kata
