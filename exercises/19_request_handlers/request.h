#pragma once

#include "02_address/address.h"

#include <cstddef>
#include <exception>
#include <memory>
#include <span>

namespace kata {

// The words that a server and its handlers share. All of this is given.

// What a handler is made for. It owns none of it.
struct Request {
    int socket;                          // TCP: the connection; UDP: the server's own socket
    Endpoint client_address;             // where an answer goes
    std::span<const std::byte> packet{}; // UDP: the datagram, which the server has received already
};

// One object for one request. It cannot be copied, and so not be cut down to its base (sliced) on its way.
class BaseRequestHandler {
public:
    explicit BaseRequestHandler(const Request& r) : request{r} {}
    BaseRequestHandler(const BaseRequestHandler&) = delete;
    BaseRequestHandler& operator=(const BaseRequestHandler&) = delete;
    virtual ~BaseRequestHandler() = default;
    virtual void setup() {}
    virtual void handle() = 0;
    virtual void finish() {}

protected:
    const Request request;
};

// Where the exceptions of handlers go.
class ErrorSink {
public:
    virtual ~ErrorSink() = default;
    virtual void handle_error(const Endpoint& client, std::exception_ptr error) noexcept = 0;
};

// Python hands a server the class of its handlers; here it is a function that makes one: make_handler<Echo>.
using MakeHandler = std::unique_ptr<BaseRequestHandler> (*)(const Request&);

template <class Handler>
std::unique_ptr<BaseRequestHandler> make_handler(const Request& request)
{
    return std::make_unique<Handler>(request);
}

} // namespace kata
