#pragma once

#include "01_socket/socket.h"
#include "12_line_framing/line_framing.h"
#include "19_request_handlers/request.h"

#include <optional>
#include <string>
#include <string_view>

namespace kata {

// A handler for a connection. A finish() that overrides this one calls it.
class StreamRequestHandler : public BaseRequestHandler {
public:
    explicit StreamRequestHandler(const Request& r);
    void finish() override; // flush()

protected:
    // The next line, of at most max_line bytes, and its failures, as LineReader::next() (12). First flush()es: the client may
    // wait for just that before it says a word.
    std::optional<std::string> read_line();
    // Keeps the bytes, so that many small writes leave as one; but never holds back more than max_kept bytes.
    void write(std::string_view bytes);
    // Sends what is kept, if anything is. If it cannot (the client is gone; no SIGPIPE), drops it and throws std::system_error.
    void flush();
    static constexpr std::size_t max_line = 4096, max_kept = 8192;

private: // yours: change what stands below as you like
    LineReader lines_;
    std::string kept_;
};

// For one datagram, request.packet.
class DatagramRequestHandler : public BaseRequestHandler {
public:
    using BaseRequestHandler::BaseRequestHandler;
    // Sends all that was written, as one datagram; none if that is nothing, or too much (EMSGSIZE). Throws std::system_error.
    void finish() override;

protected:
    void write(std::string_view bytes);

private: // yours
    std::string answer_;
};

// The life of a request: makes the handler, then setup(), handle(), finish(). finish() also runs when handle() threw, but not
// when the handler could not be made or setup() threw. Where `make` gives null, nothing runs and nothing is reported. Each
// exception, of whatever type, goes to `errors` as it was thrown, before anything else runs; none comes out. Then the handler
// dies, and after it the connection ends, on every path: shutdown(2) with SHUT_WR, which ends the client's stream even if a copy
// of the descriptor lives on somewhere, and close(2). It waits for no client, and one that is gone by then is no error.
//
//   process_request(std::move(client->fd), client->peer, make_handler<Echo>, log);
void process_request(UniqueFd connection, const Endpoint& client, MakeHandler make, ErrorSink& errors);

// The same for a datagram. The socket is the server's: it stays open, and is not read from.
void process_datagram(const Request& request, MakeHandler make, ErrorSink& errors);

} // namespace kata
