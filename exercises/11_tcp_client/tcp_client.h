#pragma once

#include "02_address/address.h"

#include <cstddef>
#include <iosfwd>
#include <span>
#include <vector>

namespace kata {

// How an exchange ended.
enum class End {
    finished,  // the peer ended its stream: the answer is complete
    reset,     // the peer broke the connection off before that: bytes of the answer may be missing
    timed_out, // the time was over before that
};

struct Answer {
    std::vector<std::byte> bytes; // all that came, however it ended
    End end;
};

// Sends `request` over the connected stream socket `fd`, TCP or Unix, ends its own stream with SHUT_WR, and reads until the peer
// ends its own. Reads while it sends: no size of request or answer makes the two sides wait for each other. The peer may answer
// before it has read everything, and its end is the end of the exchange: what is unsent then stays unsent, and a reset behind it
// changes nothing.
//
// `limit_ms` is the time in milliseconds for the whole exchange, however many calls it needs, by a clock that nobody sets; with
// 0 it is over at once. `fd` may be blocking or not; it is not closed, and its flags and options stay as they are. Never raises
// SIGPIPE. Throws std::system_error only for what is not the peer's doing (EBADF, ENOMEM..., also ETIMEDOUT, with which the
// kernel gives a peer up, and EHOSTUNREACH), with the errno of that call.
//
//   Answer page = exchange(fd, std::as_bytes(std::span{"ping", 4}), 5000);   // page.end == End::finished
Answer exchange(int fd, std::span<const std::byte> request, int limit_ms);

// A conversation in lines. Connects to `server`. Sends each line of `in`, with a newline behind it, waits for one line in
// answer, and prints that to `out`, with a newline. Skips empty lines. The line "1" is sent and ends the conversation: no
// answer to it is awaited. The end of `in` ends it, too. The n-th line that the server sends answers the n-th line that was
// sent, whether it comes in pieces or together with the next one. Lines have no greatest length, so here, too, the answer is
// read while the line is sent. All that stands before the newline is the line, zeros and "\r" too. There is no time limit.
//
// Throws std::system_error when it cannot connect or the connection breaks, and std::runtime_error (its base class) when the
// server ends its stream where an answer is due. Half a line is no answer: it is not printed. What was printed before stays.
//
//   run_client(parse_endpoint("127.0.0.1:8080"), std::cin, std::cout);
void run_client(const Endpoint& server, std::istream& in, std::ostream& out);

} // namespace kata
