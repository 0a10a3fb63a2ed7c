// The part of the supervisor that lets the learner's time pass. When everybody sleeps, nothing is on its way in the kernel, and
// the test waits for something that has not come, then only time can go on: it jumps to the next end of a wait.
#include "lab/inside/clock.h"
#include "lab/machine/proc.h"
#include "lab/machine/tcp_bytes.h"
#include "lab/machine/tcp_states.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lab {

using namespace std::chrono_literals;

namespace {

// Bytes that the peer's kernel has sent and the learner's has not acknowledged, or a handshake that is not over. What waits for
// room in the learner's window is not on its way.
bool is_on_its_way(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
        return false; // closed, or no TCP
    return info.tcpi_state == tcp::syn_sent || info.tcpi_state == tcp::syn_received || info.tcpi_unacked > 0;
}

// Its wait is over, and nobody has told it: another thread's looks at the clock have moved that past the end.
bool is_late(const Sleeper& sleeper, std::int64_t now)
{
    return sleeper.thread > 0 && sleeper.by_signal && !sleeper.woken && sleeper.end <= now;
}

} // namespace

bool Supervisor::awaits_kernel() const
{
    pollfd p{listener_, POLLIN, 0};
    return listener_ >= 0 && ::poll(&p, 1, 0) == 0;
}

// Nobody in the run has anything left to do that it has been woken for, and the kernel nothing to deliver.
bool Supervisor::is_quiet() const
{
    const Clock& clock = arena_->clock;
    const std::int64_t now = clock.now;
    for (std::size_t i = 0; i < clock.sleepers_used; ++i)
        if (const Sleeper& sleeper = clock.sleepers[i]; sleeper.thread != 0 && (sleeper.woken || sleeper.end <= now))
            return false;
    if (awaits_kernel())
        return false;
    return std::none_of(wires_.begin(), wires_.end(), is_on_its_way) && proc::is_network_idle() && !holds_back_bytes(process_);
}

// The learner's threads, and the processes that it made.
bool Supervisor::all_sleep() const
{
    if (arena_->forks == 0)
        return everyone_sleeps();
    const std::vector<pid_t> processes = proc::group_of(process_);
    return std::all_of(processes.begin(), processes.end(), proc::sleeps);
}

std::uint64_t Supervisor::cpu_of_all() const
{
    if (arena_->forks == 0)
        return proc::cpu_time_ns(process_);
    std::uint64_t all = 0;
    for (const pid_t process : proc::group_of(process_))
        all += proc::cpu_time_ns(process);
    return all;
}

bool Supervisor::nobody_can_act(std::uint32_t seen_beat) const
{
    return all_sleep() && is_quiet() && all_sleep() && seen_beat == arena_->beat; // twice: what came meanwhile woke somebody
}

// Returns how many milliseconds the test may sleep before it looks again.
long Supervisor::lets_time_pass(const std::function<bool()>& has_come)
{
    const Clock& clock = arena_->clock;
    const auto late = [now = clock.now.load()](const Sleeper& sleeper) { return is_late(sleeper, now); };
    if (process_ > 0 && std::any_of(clock.sleepers, clock.sleepers + clock.sleepers_used, late) && everyone_sleeps())
        ring();
    const std::int64_t end = clock.next_end();
    if (process_ <= 0)
        return 4;
    if (end == never || arena_->ready == 0) {
        if (++naps_ > 8)
            return 4;
        nap(arena_->beat, 500us); // whom a jump has woken is soon asleep again, most often: its beat tells of that at once
        return 0;
    }
    if (arena_->returned != 0) { // what it left behind gets a moment to end, and no more
        creep(true, end);
        return 1;
    }
    const std::uint32_t seen = arena_->beat;
    if (nobody_can_act(seen)) {
        // Asked again: one of those who sleep may have gone to sleep since, for a shorter time.
        if (const std::int64_t first = clock.next_end(); first != never && !has_come())
            jump_in_turn(first);
        return 0;
    }
    creep(all_sleep(), end);
    if (creep_.looks > 32)
        return 1;
    give_way(seen);
    return 0;
}

// A learner that only ever waits would go on for ever.
void Supervisor::jump_in_turn(std::int64_t end)
{
    const std::int64_t ns = end - arena_->clock.now;
    own_time_ns_ += ns;
    const std::chrono::milliseconds most = limits_.own_time != limits_.own_time.zero() ? limits_.own_time : limits_.deadline;
    if (std::chrono::nanoseconds{own_time_ns_} > most && !is_patient()) {
        stop(Verdict::deadline, "still running after " + std::to_string(most.count()) + " ms" + where_it_sleeps());
        return;
    }
    note_passing(ns);
    jump_to(end);
    spare();
    naps_ = 0;
}

// It did what it should: sleep. What a jump costs is the laboratory's, and no part of its deadline. A look each second is 3600
// jumps in an hour; whoever looks far oftener has a deadline again.
bool Supervisor::spare()
{
    if (++spared_jumps_ >= 5000)
        return false;
    used_ns_ = 0;
    started_ns_ = now_ns();
    return true;
}

// Where it may not jump, the learner's time passes as the machine's does: while the kernel's own timers run, or a thread waits
// for another one that keeps a processor busy. That begins late, so that a slow machine alone moves nothing.
void Supervisor::creep(bool sleeps, std::int64_t end)
{
    constexpr std::int64_t late_asleep = 60'000'000, late_awake = 20'000'000;
    const std::uint64_t now = now_ns(), cpu = cpu_of_all();
    if (creep_.beat != arena_->beat || creep_.sleeps != sleeps)
        creep_ = {arena_->beat, 0, sleeps, now, cpu, 0};
    ++creep_.looks;
    const std::int64_t passed = sleeps
                                    ? static_cast<std::int64_t>(now - creep_.from_ns) - (arena_->returned != 0 ? 0 : late_asleep)
                                    : static_cast<std::int64_t>(cpu - creep_.from_cpu_ns) - late_awake;
    if (passed <= creep_.done)
        return;
    const std::int64_t to = std::min(end, arena_->clock.now + passed - creep_.done);
    creep_.done = passed;
    jump_to(to);
}

void Supervisor::jump_to(std::int64_t end)
{
    arena_->clock.moves_to(end);
    ring();
}

// Wakes whom the clock has reached.
void Supervisor::ring() const
{
    Clock& clock = arena_->clock;
    const std::int64_t now = clock.now;
    Timer& alarm = clock.timers[Clock::alarm];
    if (const std::int64_t due = alarm.due; due != 0 && due <= now) {
        alarm.due = alarm.interval == 0 ? 0 : due + (1 + (now - due) / alarm.interval) * alarm.interval;
        ::kill(process_, SIGALRM);
    }
    bool timer_is_due = std::any_of(std::begin(clock.timers), std::end(clock.timers), [now](const Timer& timer) {
        return timer.exists && timer.due != 0 && timer.due <= now && !timer.shown;
    });
    for (std::size_t i = 0; i < clock.sleepers_used; ++i) {
        Sleeper& sleeper = clock.sleepers[i];
        const int thread = sleeper.thread;
        if (thread <= 0 || !sleeper.by_signal || (sleeper.end > now && !timer_is_due))
            continue;
        timer_is_due = false; // one is enough: it lets the timerfd fire, and the kernel wakes who waits for that
        sleeper.woken = true;
        if (::syscall(SYS_tgkill, sleeper.process.load(), thread, wake_signal()) < 0)
            sleeper.thread = 0; // killed in its sleep
    }
}

void Supervisor::note_passing(std::int64_t ns)
{
    Event& event = begin_event(*arena_, the_clock, Call::note, -1);
    std::snprintf(event.text, sizeof event.text, "%s pass", time_text(ns).c_str());
    event.ended = event.began;
    event.phase = Phase::returned;
}

void Supervisor::lets_pass(std::int64_t ns)
{
    settle();
    if (process_ <= 0)
        return;
    Clock& clock = arena_->clock;
    const std::int64_t until = clock.now + ns;
    note_passing(ns);
    spared_jumps_ = 0;
    while (clock.now < until) {
        const std::uint32_t seen = arena_->beat;
        if (nobody_can_act(seen) || process_ <= 0 || arena_->returned != 0) {
            jump_to(std::min(clock.next_end(), until));
            if (!spare() && !step(false))
                return;
            continue;
        }
        if (!step(false))
            return;
        creep(all_sleep(), until);
        if (creep_.looks > 32)
            nap(seen, 1ms);
        else
            give_way(seen);
    }
    settle();
}

void Supervisor::sets_wall_clock(std::int64_t ahead_ns)
{
    settle();
    Clock& clock = arena_->clock;
    clock.wall += ahead_ns;
    for (Sleeper& sleeper : clock.sleepers)
        if (sleeper.thread != 0 && sleeper.on_wall)
            sleeper.end -= ahead_ns;
    for (Timer& timer : clock.timers)
        if (timer.exists && timer.on_wall && timer.due != 0)
            timer.due -= ahead_ns;
    ring();
}

} // namespace lab
