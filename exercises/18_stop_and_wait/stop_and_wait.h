#pragma once

#include "18_stop_and_wait/rdt_wire.h"

#include <cstddef>
#include <span>
#include <vector>

namespace kata {

struct RdtOptions {
    std::size_t block = 512;  // bytes of each block but the last, which has fewer, perhaps none; both sides agree on it
    int retransmit_ms = 200;  // sender: how long it waits for the acknowledgement before it sends the block again
    int tries = 10;           // sender: how often it sends one block at most, the first time included
    int patience_ms = 10'000; // receiver: how long it waits for the next block that it does not have yet
    int linger_ms = 2'000;    // receiver: how long after the last block came it goes on answering copies of it
};

// One transfer over `fd`, a blocking datagram socket of any family (without IP_RECVERR) that is connected to the other side
// (connect(2)); a Unix one takes blocks that no datagram of UDP has. The wire may lose, repeat, damage and delay; it does not
// swap the order, or one bit would not do. In each call the blocks have the sequences '0', '1', '0', '1'...
//
// What proves nothing is passed over: damaged datagrams (one with anything behind it is damaged), the other kind, an
// acknowledgement of another block or with a payload, a block that is longer than agreed or begins with '1', a signal, and
// ECONNREFUSED (nobody is at the other port yet, or any more; udp(7), "Error handling"). None of it sends anything, and none of
// it makes a wait longer or shorter. Waits are kept to the millisecond; nobody sets the clock that counts them. While it waits
// it sleeps for an event: no CPU, no fixed pauses. Other errors throw std::system_error with errno, at once: EBADF is one, also
// of -1, which poll(2) passes over. `fd` is not closed.

// Sends all of `bytes`: one block, and the next one when it is acknowledged. A block goes out again when retransmit_ms have
// passed without its acknowledgement, and then only. When that has been so for the last of its tries: std::system_error with
// ETIMEDOUT. A block shorter than `options.block` is the last one, so an exact multiple ends with an empty block (RFC 1350
// section 6).
//
//   rdt_send(fd, bytes, {.block = 4});   // "hello, you" goes as D0 "hell", D1 "o, y", D0 "ou"
void rdt_send(int fd, std::span<const std::byte> bytes, const RdtOptions& options);

// Receives a transfer and returns its bytes. Each undamaged block is acknowledged, with its own sequence, also when it is a copy
// of one that came before: the acknowledgement of that one may be lost. No new block for patience_ms, since the call or the
// block before: ETIMEDOUT. The acknowledgement of the last block may be lost like any other, so returning has to wait until
// linger_ms have passed since that block came; neither copies nor a slow send(2) prolong that. Only copies of it, byte for byte,
// are answered then: any other block, of whatever sequence, is of a transfer that this call does not keep, and to acknowledge is
// to promise that.
//
//   std::vector<std::byte> bytes = rdt_recv(fd, {.block = 4});
std::vector<std::byte> rdt_recv(int fd, const RdtOptions& options);

} // namespace kata
