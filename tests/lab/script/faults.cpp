// The part of the learner that scripts faults, and says what may change.
#include "lab/script/learner.h"
#include "lab/watch/supervisor.h"

#include <cerrno>
#include <stdexcept>

namespace lab {

namespace {

Fault& add_fault(Supervisor& run, Family family, Call call, std::uint32_t first, std::uint32_t times, Effect effect,
                 long argument)
{
    Arena& arena = run.arena();
    if (arena.fault_count == Arena::max_faults)
        throw std::logic_error{"too many faults in one test"};
    Fault& fault = arena.faults[arena.fault_count];
    fault.family = family;
    fault.call = call;
    fault.first = first;
    fault.times = times;
    fault.effect = effect;
    fault.argument = argument;
    ++arena.fault_count;
    return fault;
}

} // namespace

void Learner::Rule::fails(int error) && { add_fault(run_, family_, call_, first_, times_, Effect::fails, error); }
void Learner::Rule::moves_at_most(long bytes) && { add_fault(run_, family_, call_, first_, times_, Effect::shortens, bytes); }
void Learner::Rule::is_delayed(std::chrono::nanoseconds time) &&
{
    add_fault(run_, family_, call_, first_, times_, Effect::delays, time.count());
}
void Learner::Rule::returns_late() && { add_fault(run_, family_, call_, first_, times_, Effect::returns_late, 0); }
void Learner::Rule::pauses() && { add_fault(run_, family_, call_, first_, times_, Effect::pauses, 0); }

void Learner::lacks(int address_family)
{
    add_fault(*run_, Family::opening, Call::socket, 1, UINT32_MAX, Effect::fails, EAFNOSUPPORT).domain = address_family;
}

void Learner::may_change(std::string_view what)
{
    Arena& arena = run_->arena();
    if (arena.allowed_count == Arena::max_allowed || what.size() >= sizeof arena.allowed[0])
        throw std::logic_error{"too many changes allowed in one test"};
    what.copy(arena.allowed[arena.allowed_count++], what.size());
}

} // namespace lab
