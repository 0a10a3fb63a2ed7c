#include "20_serve_forever/serve_forever.h"

#include "kata.h"

namespace kata {

struct BaseServer::Machinery {};

BaseServer::BaseServer(UniqueFd /*socket*/, MakeHandler make) : make_{make} { not_written(); }

BaseServer::~BaseServer() = default;

void BaseServer::serve_forever(int /*poll_interval_ms*/) { not_written(); }

void BaseServer::shutdown() { not_written(); }

bool BaseServer::handle_request(int /*timeout_ms*/) { not_written(); }

void BaseServer::server_close() { not_written(); }

bool BaseServer::serve_one() { not_written(); }

void BaseServer::start_thread(Incoming /*request*/) { not_written(); }

} // namespace kata
