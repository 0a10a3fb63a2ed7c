// The part of the supervisor that waits: for a condition, for a descriptor, or until the learner sleeps. Never for time.
#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"

#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace lab {

using namespace std::chrono_literals;

namespace {

bool is_the_learners(const Event& event) { return event.who == the_learner; }

// connect() and a datagram's send are not probed before: they sleep when the kernel says so.
bool may_sleep(const Event& event)
{
    const Family family = family_of(event.call);
    const bool unmarked = family == Family::connecting || family == Family::writing;
    return event.phase == Phase::asleep || (event.phase == Phase::entered && unmarked);
}

bool may_rest(const Event& event) { return !is_the_learners(event) || event.phase == Phase::paused || may_sleep(event); }

} // namespace

void Supervisor::nap(std::uint32_t seen_beat, std::chrono::microseconds time)
{
    const timespec limit{0, time.count() * 1'000};
    arena_->watchers.fetch_add(1);
    syscall(SYS_futex, &arena_->beat, FUTEX_WAIT, seen_beat, &limit, nullptr, 0);
    arena_->watchers.fetch_sub(1);
}

// Lets others run for a moment. On a busy machine whoever yields waits until all the others have had their turn, and whoever
// sleeps is soon let in again.
void Supervisor::give_way(std::uint32_t seen_beat)
{
    constexpr std::uint64_t long_ns = 500'000;
    if (is_machine_busy_) {
        nap(seen_beat, 100us);
        return;
    }
    const std::uint64_t from = now_ns();
    ::sched_yield();
    is_machine_busy_ = now_ns() - from > long_ns;
}

bool Supervisor::await(const std::function<bool()>& condition)
{
    for (;;) {
        const std::uint32_t seen = arena_->beat;
        if (condition())
            return true;
        if (!step())
            return verdict_ == Verdict::none && condition();
        if (const long patience = lets_time_pass(condition); patience > 0)
            nap(seen, std::chrono::milliseconds{patience});
    }
}

bool Supervisor::await_fd(int fd, short events, int last_ms)
{
    pollfd p{fd, events, 0};
    for (int patience = 0;; patience = static_cast<int>(lets_time_pass([&p] { return ::poll(&p, 1, 0) > 0; }))) {
        if (::poll(&p, 1, process_ > 0 ? patience : 0) > 0)
            return true;
        if (!step()) // what a learner who was killed leaves on the wire is not its answer
            return verdict_ == Verdict::none && ::poll(&p, 1, last_ms) > 0;
    }
}

bool Supervisor::is_asleep(const Event& event) const
{
    return is_the_learners(event) && may_sleep(event) && proc::state(process_, event.thread) == 'S';
}

bool Supervisor::everyone_sleeps() const { return proc::sleeps(process_); }

// At two looks in a row. It may have fallen asleep a moment ago, long after its last beat, when it had sent a part of what was
// too much: between the looks the test sees what has come of that.
bool Supervisor::is_twice_stuck(bool for_long)
{
    const bool now = for_long && is_stuck(), before = std::exchange(looked_stuck_, now);
    return now && before;
}

// What the test has sent may still wait for a processor to deliver it: the learner begins, or goes on, when that has come. Not
// for ever, for others have a network, too.
void Supervisor::lets_arrive()
{
    for (int tries = 0; tries < 500 && !proc::is_network_idle(); ++tries)
        give_way(arena_->beat);
}

// Who is asleep in a call rests. So does who sleeps elsewhere (a lock, a join), if that is still so a millisecond later. On a
// busy machine what the test has sent may still wait for a processor to deliver it: nobody rests before that.
void Supervisor::settle()
{
    bool slept = false; // at the last look
    for (int tries = 0; process_ > 0; ++tries) {
        const std::uint32_t seen = arena_->beat;
        const std::uint32_t n = arena_->count;
        const bool begun = arena_->ready != 0;
        const bool in_call =
            begun && n > 0 && (may_rest(arena_->event(n - 1)) || proc::state(process_, arena_->event(n - 1).thread) == 0);
        const bool sleeps = (in_call || (begun && tries > 8)) && everyone_sleeps() && proc::is_network_idle() &&
                            everyone_sleeps() && seen == arena_->beat;
        if (sleeps && (in_call || slept))
            return;
        if (!step(false))
            return;
        if (!sleeps && tries % 64 != 63)
            give_way(seen);
        else
            nap(seen, 1ms);
        slept = sleeps && seen == arena_->beat;
    }
}

// ", and it still moves bytes, about 1 with each call" of whoever does: that is slow, and not endless. "" when nothing moved
// lately.
std::string Supervisor::diligence() const
{
    constexpr std::uint32_t recent = 64;              // calls
    constexpr std::uint64_t long_ago_ns = 20'000'000; // of those who compute only
    if (still_ns_ > long_ago_ns)
        return "";
    long bytes = 0, calls = 0;
    const std::uint32_t n = arena_->count;
    for (std::uint32_t i = n; i > 0 && n - i < recent; --i) {
        const Event& e = arena_->event(i - 1);
        const bool moves = family_of(e.call) == Family::reading || family_of(e.call) == Family::writing;
        if (e.who != the_learner || e.phase != Phase::returned || !moves || e.result <= 0)
            continue;
        bytes += e.result;
        ++calls;
    }
    return calls < 2 ? "" : ", and it still moves bytes, about " + std::to_string(bytes / calls) + " with each call";
}

} // namespace lab
