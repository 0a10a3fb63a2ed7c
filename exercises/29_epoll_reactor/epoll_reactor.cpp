#include "29_epoll_reactor/epoll_reactor.h"

#include "kata.h"

namespace kata {

struct Reactor::Machinery {};

Reactor::Reactor() { not_written(); }

Reactor::~Reactor() = default;

void Reactor::add(int /*fd*/, std::uint32_t /*events*/, Callback /*callback*/) { not_written(); }

void Reactor::modify(int /*fd*/, std::uint32_t /*events*/) { not_written(); }

void Reactor::remove(int /*fd*/) noexcept {}

int Reactor::run_once(int /*limit_ms*/) { not_written(); }

std::uint32_t echo_turn(int /*fd*/, std::uint32_t /*events*/, std::vector<std::byte>& /*rest*/) { not_written(); }

} // namespace kata
