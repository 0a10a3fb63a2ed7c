// Mistake: sends its datagram with MSG_DONTWAIT, as the server receives: a full buffer is a lost answer
// Caught by: Robust.ReportsWhicheverCallOfADatagramFails
// Says: EAGAIN
#include "19_request_handlers/request_handlers.h"

#include "07_send/send.h"

#include <cerrno>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

namespace {

template <class Step>
bool succeeds(const Request& request, ErrorSink& errors, Step step)
{
    try {
        step();
        return true;
    } catch (...) {
        errors.handle_error(request.client_address, std::current_exception());
        return false;
    }
}

void live(const Request& request, MakeHandler make, ErrorSink& errors)
{
    std::unique_ptr<BaseRequestHandler> handler;
    const bool ready = succeeds(request, errors, [&] {
        handler = make(request);
        if (handler)
            handler->setup();
    });
    if (!ready || !handler)
        return;
    succeeds(request, errors, [&] { handler->handle(); });
    succeeds(request, errors, [&] { handler->finish(); });
}

} // namespace

StreamRequestHandler::StreamRequestHandler(const Request& r) : BaseRequestHandler{r}, lines_{r.socket, max_line} {}

void StreamRequestHandler::finish() { flush(); }

std::optional<std::string> StreamRequestHandler::read_line()
{
    flush();
    return lines_.next();
}

void StreamRequestHandler::write(std::string_view bytes)
{
    kept_ += bytes;
    if (kept_.size() > max_kept)
        flush();
}

void StreamRequestHandler::flush()
{
    const std::string leaving = std::exchange(kept_, {});
    send_all(request.socket, std::as_bytes(std::span{leaving}));
}

void DatagramRequestHandler::write(std::string_view bytes) { answer_ += bytes; }

void DatagramRequestHandler::finish()
{
    if (answer_.empty())
        return;
    const Endpoint& to = request.client_address;
    ssize_t n = -1;
    do
        n = ::sendto(request.socket, answer_.data(), answer_.size(), MSG_DONTWAIT, to.address(), to.size);
    while (n < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "sendto"};
}

void process_request(UniqueFd connection, const Endpoint& client, MakeHandler make, ErrorSink& errors)
{
    live({connection.get(), client}, make, errors);
    ::shutdown(connection.get(), SHUT_WR);
}

void process_datagram(const Request& request, MakeHandler make, ErrorSink& errors) { live(request, make, errors); }

} // namespace kata
