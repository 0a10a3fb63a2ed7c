#include "31_idle_timers/idle_timers.h"

#include "kata.h"

namespace kata {

struct IdleTimers::Machinery {};

IdleTimers::IdleTimers(const IdleLimits& /*limits*/) { not_written(); }

IdleTimers::~IdleTimers() = default;

int IdleTimers::fd() const { not_written(); }

void IdleTimers::add(int /*fd*/, Clock::time_point /*now*/) { not_written(); }

void IdleTimers::touch(int /*fd*/, Clock::time_point /*now*/) { not_written(); }

void IdleTimers::got_head(int /*fd*/) { not_written(); }

void IdleTimers::remove(int /*fd*/) { not_written(); }

std::vector<int> IdleTimers::expire(Clock::time_point /*now*/) { not_written(); }

} // namespace kata
