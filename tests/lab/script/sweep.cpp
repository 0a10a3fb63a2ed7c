#include "lab/script/sweep.h"

#include "kata.h"
#include "lab/flight/failures.h"
#include "lab/script/here.h"
#include "lab/script/learner.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <exception>
#include <gtest/gtest.h>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace lab {

namespace {

// One run of a sweep.
struct Strike {
    const PossibleFailure* failure;
    std::uint32_t nth;
};

struct Sweep {
    std::vector<Strike> strikes; // found by the run without a fault
    const Strike* now = nullptr; // null in that run
    std::size_t learners = 0;    // of this run
    std::uint32_t struck = 0;    // of all runs: how many calls have failed
};

Sweep* the_sweep = nullptr;

std::string ordinal(std::uint32_t n) { return std::to_string(n) + (n == 1 ? "st" : n == 2 ? "nd" : n == 3 ? "rd" : "th"); }

// EINTR, EAGAIN and a connection that died are over when they have been told.
bool is_over_at_once(const PossibleFailure& failure)
{
    return failure.error == EINTR || failure.error == EAGAIN || failure.error == ECONNABORTED;
}

// Not of accept(2): a server may rest in a condition variable before it tries again, and that no shim sees. Not of read(2) and
// write(2): what they speak to may be a counter or a signalfd, which knows no shortage.
bool lasts(const PossibleFailure& failure)
{
    const Family family = family_of(failure.call);
    const bool is_of_sockets =
        failure.call != Call::read && failure.call != Call::readv && failure.call != Call::write && failure.call != Call::writev;
    return is_of_sockets && (family == Family::reading || family == Family::writing) && !is_over_at_once(failure);
}

// What ends the function ends it with a close(), most often, and that can fail, too: it must not hide why.
bool close_fails_after(const PossibleFailure& failure)
{
    return family_of(failure.call) != Family::closing && !is_over_at_once(failure);
}

std::string words_of(const Strike& strike)
{
    const PossibleFailure& failure = *strike.failure;
    return std::string{name_of(failure.call)} + "(), the " + ordinal(strike.nth) + ", fails with " + errno_name(failure.error) +
           "   (" + failure.source + ")";
}

bool can_happen(const Event& e, const PossibleFailure& failure)
{
    const bool closes = family_of(e.call) == Family::closing;
    return failure.call == e.call && (failure.error != EINTR || e.may_sleep || closes) &&
           (failure.error != EAGAIN || e.may_say_again || e.call == Call::pthread_create);
}

// In the order of the calls: the first thing that can go wrong is the first that is told.
std::vector<Strike> strikes_of(const Arena& arena)
{
    std::vector<Strike> strikes;
    std::map<const PossibleFailure*, std::uint32_t> seen;
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i))
        for (const PossibleFailure& failure : possible_failures)
            if (const Event& e = arena.event(i); e.who == the_learner && e.in_function && can_happen(e, failure))
                if (const std::uint32_t nth = ++seen[&failure]; nth <= most_strikes)
                    strikes.push_back({&failure, nth});
    return strikes;
}

const Fault* fault_of_sweep(const Arena& arena)
{
    const Fault* end = arena.faults + arena.fault_count;
    const Fault* found = std::find_if(arena.faults, end, [](const Fault& fault) { return fault.in_function; });
    return found == end ? nullptr : found;
}

Fault& add_strike(Arena& arena, Call call, int error, std::uint32_t nth)
{
    if (arena.fault_count == Arena::max_faults)
        throw std::logic_error{"too many faults in one test"};
    Fault& fault = arena.faults[arena.fault_count++];
    fault.family = family_of(call);
    fault.call = call;
    fault.in_function = true;
    fault.effect = Effect::fails;
    fault.first = nth;
    fault.times = 1;
    fault.argument = error;
    return fault;
}

// While it lives, calls of the learner can be struck.
struct InFunction {
    explicit InFunction(Arena& its_arena) : arena{its_arena}
    {
        arena.in_function.fetch_add(1);
        arena.rounds.fetch_add(1);
    }
    InFunction(const InFunction&) = delete;
    InFunction& operator=(const InFunction&) = delete;
    ~InFunction() { arena.in_function.fetch_sub(1); }
    Arena& arena;
};

} // namespace

void join_sweep(Supervisor& run)
{
    if (the_sweep == nullptr)
        return;
    if (++the_sweep->learners > 1)
        throw std::logic_error{"one learner in each run of a sweep"};
    if (the_sweep->now == nullptr)
        return;
    const PossibleFailure& failure = *the_sweep->now->failure;
    add_strike(run.arena(), failure.call, failure.error, the_sweep->now->nth).lasts = lasts(failure);
    if (close_fails_after(failure))
        add_strike(run.arena(), Call::close, EIO, 1).follows = true;
}

void leave_sweep(const Supervisor& run)
{
    if (the_sweep == nullptr)
        return;
    if (the_sweep->now == nullptr)
        the_sweep->strikes = strikes_of(run.arena());
    else if (const Fault* fault = fault_of_sweep(run.arena()))
        the_sweep->struck += fault->fired;
}

void whichever_call_fails(const std::function<void()>& script)
{
    if (the_sweep != nullptr)
        throw std::logic_error{"one sweep at a time"};
    Sweep sweep;
    const struct Active {
        explicit Active(Sweep* sweep) { the_sweep = sweep; }
        Active(const Active&) = delete;
        Active& operator=(const Active&) = delete;
        ~Active() { the_sweep = nullptr; }
    } active{&sweep};
    script();
    const std::vector<Strike> strikes = sweep.strikes;
    for (const Strike& strike : strikes) {
        if (testing::Test::HasFailure())
            return;
        const Circumstance when{words_of(strike)};
        sweep.now = &strike;
        sweep.learners = 0;
        script();
    }
    if (!testing::Test::HasFailure() && sweep.struck == 0)
        ADD_FAILURE() << "This sweep let no call fail: is the function under test inside told_or_done()?";
}

bool told_or_done(const std::function<void()>& act, const char* file, int line)
{
    if (recording == nullptr)
        throw std::logic_error{"told_or_done() is for the body of run()"};
    const Fault* fault = fault_of_sweep(*recording);
    const auto struck = [&] { return fault != nullptr && fault->fired != 0; };
    std::string came;
    try {
        const InFunction in{*recording};
        act();
        return true;
    } catch (const std::system_error& e) {
        if (!struck()) // the verdict says it
            throw;
        const bool again = fault->argument == EINTR && fault->family != Family::closing;
        if (e.code().value() == fault->argument && !again)
            return false;
        came = "std::system_error with " + errno_name(e.code().value());
    } catch (const kata::NotWritten&) {
        throw;
    } catch (const std::exception& e) {
        if (!struck())
            throw;
        came = std::string{"another exception, which carries no errno: "} + e.what();
    }
    const std::string error = errno_name(static_cast<int>(fault->argument)), call = name_of(fault->call);
    const bool again = fault->argument == EINTR && fault->family != Family::closing;
    add_failure(file, line,
                again ? call + "() is tried again: EINTR is no failure"
                      : "std::system_error with " + error + ", the errno of the call that failed: " + call + "()",
                came);
    return false;
}

void told_then_done(const std::function<void()>& act, const char* file, int line)
{
    if (!told_or_done(act, file, line))
        act(); // nothing fails any more
}

void on_both_families(const std::function<void(std::string_view ip)>& script)
{
    {
        const Circumstance when{"the address is 127.0.0.1"};
        script("127.0.0.1");
    }
    if (testing::Test::HasFailure())
        return;
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine; on 127.0.0.1 it has passed";
    const Circumstance when{"the address is ::1"};
    script("::1");
}

} // namespace lab
