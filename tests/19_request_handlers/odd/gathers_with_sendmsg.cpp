// Odd: hands the kept bytes and the new ones to one sendmsg(), never blocking in it
#include "19_request_handlers/request_handlers.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
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

void gather(int fd, std::string_view first, std::string_view second)
{
    while (!first.empty() || !second.empty()) {
        iovec parts[]{{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        const ssize_t n = ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) {
            pollfd room{fd, POLLOUT, 0};
            ::poll(&room, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            throw std::system_error{errno, std::generic_category(), "sendmsg"};
        } else if (n > 0) {
            const std::size_t of_first = std::min(first.size(), static_cast<std::size_t>(n));
            first.remove_prefix(of_first);
            second.remove_prefix(static_cast<std::size_t>(n) - of_first);
        }
    }
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
    if (kept_.size() + bytes.size() <= max_kept) {
        kept_ += bytes;
        return;
    }
    const std::string first = std::exchange(kept_, {});
    gather(request.socket, first, bytes);
}

void StreamRequestHandler::flush()
{
    const std::string leaving = std::exchange(kept_, {});
    gather(request.socket, leaving, {});
}

void DatagramRequestHandler::write(std::string_view bytes) { answer_ += bytes; }

void DatagramRequestHandler::finish()
{
    if (answer_.empty())
        return;
    const Endpoint& to = request.client_address;
    ssize_t n = -1;
    do
        n = ::sendto(request.socket, answer_.data(), answer_.size(), 0, to.address(), to.size);
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
