#pragma once

#include "01_socket/socket.h"
#include "02_address/address.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kata {

// Asks one UDP server, again where nothing comes back. A request on the wire is one datagram: an id of four bytes, then the
// question. An answer to it is one datagram from the server: the same four bytes, then the answer. The client chooses the id. It
// means nothing to the server, so it has no byte order. A client is not for two threads at once; two clients are for two.
//
//   UdpClient client{parse_endpoint("127.0.0.1:8080")};
//   auto answer = client.ask(std::as_bytes(std::span{"ping", 4}), 1000, 3);   // 3 seconds at most
class UdpClient {
public:
    // A close-on-exec datagram socket, connected to `server`: that sends nothing, so it does not say whether the server is there
    // (connect(2), DESCRIPTION). Throws std::system_error with errno, and nothing leaks.
    explicit UdpClient(const Endpoint& server);

    // Sends the request up to `tries` times, and waits for its answer for `per_try_ms` milliseconds after each; both are at
    // least 1. Returns the answer without the id, as soon as it comes; nothing when all tries have passed in silence. While it
    // waits it sleeps: no CPU, no fixed pauses. Whoever sets the clock on the wall changes nothing.
    //
    // The id differs from call to call, also after one that ended in silence, and all tries of one call send the same bytes: so
    // the server sees what it has had already, and an answer to any of them is the answer, an early one or a late one. All else
    // that comes is thrown away: what a stranger sends, what has no id or another one, the answer to an earlier call. It buys no
    // time and costs none, and a signal neither. Question and answer are any bytes, none at all too, and of any size that a
    // datagram can have: 65507 bytes with the id, and 65527 over IPv6 (RFC 768, Length).
    //
    // Throws std::system_error with errno when a call fails: EMSGSIZE for what is too large, and ECONNREFUSED as soon as the
    // kernel says that nobody is bound to the server's port. The client goes on to be good: the next call asks again.
    std::optional<std::vector<std::byte>> ask(std::span<const std::byte> question, int per_try_ms, int tries);

private:
    UniqueFd socket_;
    [[maybe_unused]] std::uint32_t last_id_ = 0;
};

} // namespace kata
