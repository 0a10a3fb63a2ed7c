#include "19_request_handlers/request_handlers.h"

#include "kata.h"

namespace kata {

StreamRequestHandler::StreamRequestHandler(const Request& r) : BaseRequestHandler{r}, lines_{r.socket, max_line} {}

void StreamRequestHandler::finish() { not_written(); }

std::optional<std::string> StreamRequestHandler::read_line() { not_written(); }

void StreamRequestHandler::write(std::string_view /*bytes*/) { not_written(); }

void StreamRequestHandler::flush() { not_written(); }

void DatagramRequestHandler::finish() { not_written(); }

void DatagramRequestHandler::write(std::string_view /*bytes*/) { not_written(); }

void process_request(UniqueFd /*connection*/, const Endpoint& /*client*/, MakeHandler /*make*/, ErrorSink& /*errors*/)
{
    not_written();
}

void process_datagram(const Request& /*request*/, MakeHandler /*make*/, ErrorSink& /*errors*/) { not_written(); }

} // namespace kata
