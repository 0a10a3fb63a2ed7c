#include "lab/inside/recorder.h"

#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

// kernel() below: the libc names are the shims', and would record the recorder.
namespace lab {

namespace {

struct Idle {
    unsigned calls;
};
thread_local Idle idle{};

// The call of this thread that a lasting fault has struck, until another one comes that is no wait, or it sleeps.
struct Refused {
    std::uint32_t round; // 0: none
    Call call;
    int fd;
    long args[2];
};
thread_local Refused refused{};

bool is_refused_again(const Arena& arena, const Event& event)
{
    return event.in_function && refused.round == arena.rounds && event.call == refused.call && event.fd == refused.fd &&
           event.args[0] == refused.args[0] && event.args[1] == refused.args[1];
}

bool is_meant(const Fault& fault, const Event& event)
{
    return fault.call == Call::note ? fault.family == family_of(event.call) : fault.call == event.call;
}

bool is_due(const Fault& fault, std::uint32_t seen) { return seen >= fault.first && seen - fault.first < fault.times; }

void wait_for_gate(Fault& fault)
{
    while (fault.gate.load() == 0)
        kernel(SYS_futex, &fault.gate, FUTEX_WAIT, 0, nullptr, nullptr, 0);
}

} // namespace

Recording::Recording(Call call, int fd, long a, long b, long c)
    : errno_before_{errno},
      arena_{*recording},
      event_{begin_event(arena_, the_learner, call, fd)}
{
    event_.args[0] = a;
    event_.args[1] = b;
    event_.args[2] = c;
    if (arena_.in_function != 0)
        keep_what_fits();
    const Family family = family_of(call);
    is_refused_again_ = is_refused_again(arena_, event_);
    if (!is_refused_again_ && family != Family::waiting)
        refused = {};
    for (std::uint32_t i = 0; i < arena_.fault_count; ++i)
        if (Fault& fault = arena_.faults[i]; is_meant(fault, event_) && fits(fault))
            apply(fault);
}

// For a sweep: whether the call can end with EINTR, and with EAGAIN, here.
void Recording::keep_what_fits()
{
    const Family family = family_of(event_.call);
    event_.in_function = true;
    event_.may_sleep = family == Family::sleeping || (family == Family::waiting && event_.args[1] != 0);
    if (family != Family::reading && family != Family::writing && family != Family::accepting && family != Family::connecting)
        return;
    const bool has_flags = event_.call == Call::recv || event_.call == Call::recvfrom || event_.call == Call::recvmsg ||
                           event_.call == Call::send || event_.call == Call::sendto || event_.call == Call::sendmsg;
    event_.may_sleep = is_blocking(event_.fd) && !(has_flags && (event_.args[1] & MSG_DONTWAIT) != 0);
    keeps_patience_of_socket(family == Family::writing || family == Family::connecting ? SO_SNDTIMEO : SO_RCVTIMEO);
    event_.may_say_again = family != Family::connecting && (!event_.may_sleep || event_.patience >= 0) &&
                           !has_told_its_edge(event_.fd, family == Family::writing ? POLLOUT : POLLIN);
    event_.patience = -1; // nobody sleeps yet
}

// Nothing impossible happens.
bool Recording::fits(const Fault& fault) const
{
    const bool fails = fault.effect == Effect::fails;
    if (fault.effect == Effect::returns_late)
        return false; // see hold_back()
    if (fault.domain != 0 && fault.domain != event_.args[0])
        return false;
    if (fault.in_function)
        return event_.in_function && (!fault.follows || (&fault - 1)->fired != 0) &&
               (fault.argument != EINTR || event_.may_sleep || fault.family == Family::closing) &&
               (fault.argument != EAGAIN || event_.may_say_again || fault.call == Call::pthread_create) &&
               (fault.family != Family::closing || is_open(event_.fd));
    if (fails && fault.argument == EAGAIN && is_blocking(event_.fd))
        return false; // a blocking call never says EAGAIN
    if (fails && fault.argument == EINTR && fault.family == Family::connecting && !is_blocking(event_.fd))
        return false; // nothing to interrupt: it does not wait
    const bool is_named =
        fault.call == Call::poll || fault.call == Call::ppoll; // a look of these two that finds nothing: see wait.cpp
    if (fails && fault.argument == EINTR && fault.family == Family::waiting && event_.args[1] == 0 && !is_named)
        return false; // nor does a look with a time limit of 0
    if (fault.effect == Effect::shortens && kind_of(event_.fd) == Kind::datagram)
        return false; // a datagram moves whole
    const bool moves = fault.family == Family::reading || fault.family == Family::writing;
    if ((fault.effect == Effect::shortens || fault.effect == Effect::delays) && moves && kind_of(event_.fd) == Kind::counter)
        return false;                                             // so does the number of a timerfd; and it takes no time
    return fault.family != Family::closing || is_open(event_.fd); // else the kernel says itself that there is nothing to close
}

void Recording::apply(Fault& fault)
{
    const std::uint32_t seen = fault.seen.fetch_add(1) + 1;
    if (!is_due(fault, seen) && !(fault.lasts && is_refused_again_))
        return;
    if (fault.lasts)
        refused = {arena_.rounds, event_.call, event_.fd, {event_.args[0], event_.args[1]}};
    fault.fired.fetch_add(1);
    event_.effect = fault.effect;
    switch (fault.effect) {
    case Effect::fails:
        failed_ = true;
        event_.error = static_cast<int>(fault.argument);
        break;
    case Effect::shortens: limit_ = fault.argument; break;
    case Effect::delays: passes(fault.argument); break;
    case Effect::pauses:
        event_.phase.store(Phase::paused);
        beat(arena_);
        wait_for_gate(fault);
        event_.phase.store(Phase::entered);
        break;
    case Effect::returns_late:
    case Effect::none: break;
    }
}

// It has its result, and its thread goes on when the test says so.
void Recording::hold_back(long result)
{
    const Family family = family_of(event_.call);
    const bool moves = family == Family::reading || family == Family::writing;
    if (result < 0 || (moves && (result == 0 || peeks())))
        return;
    for (std::uint32_t i = 0; i < arena_.fault_count; ++i)
        if (Fault& fault = arena_.faults[i];
            fault.effect == Effect::returns_late && is_meant(fault, event_) && is_due(fault, fault.seen.fetch_add(1) + 1)) {
            event_.effect = fault.effect;
            event_.phase.store(Phase::paused);
            beat(arena_);
            wait_for_gate(fault);
        }
}

bool Recording::peeks() const
{
    return event_.call != Call::read && event_.call != Call::readv && family_of(event_.call) == Family::reading &&
           (event_.args[1] & MSG_PEEK) != 0;
}

void Recording::withdraw_failure()
{
    failed_ = false;
    event_.effect = Effect::none;
}

void Recording::falls_asleep(long patience_ms)
{
    event_.patience = static_cast<int>(std::min<long>(patience_ms, INT_MAX));
    event_.slept = true;
    refused = {};
    event_.phase.store(Phase::asleep);
    beat(arena_);
}

std::int64_t Recording::keeps_patience_of_socket(int timeout_option)
{
    const std::int64_t limit = time_limit_of(event_.fd, timeout_option);
    event_.patience = limit == never ? -1 : static_cast<int>(std::min<std::int64_t>(limit / millisecond, INT_MAX));
    return limit;
}

long Recording::done(long result)
{
    const int error = failed_ ? event_.error : errno;
    event_.result = result;
    event_.error = result < 0 ? error : 0;
    hold_back(result);
    event_.ended = arena_.clock.stamp();
    event_.phase.store(Phase::returned);
    beat(arena_);
    count_idle_calls(result);
    errno = result < 0 ? error : errno_before_;
    return result;
}

int Recording::opened(int result)
{
    forget_kind(result);
    return static_cast<int>(done(result));
}

// A call that moves nothing and does not sleep is idle. Many in a row on one thread are a busy loop: nothing can change
// between them, so waiting for a deadline would teach less.
void Recording::count_idle_calls(long result)
{
    const Family family = family_of(event_.call);
    bool moved = event_.slept;
    switch (family) {
    case Family::none:
    case Family::closing: return;
    case Family::reading: moved |= !peeks() && (result > 0 || (result == 0 && kind_of(event_.fd) == Kind::datagram)); break;
    case Family::writing: moved |= result > 0 || (result == 0 && kind_of(event_.fd) == Kind::datagram); break;
    case Family::accepting:
    case Family::connecting:
    case Family::opening: moved |= result >= 0; break;
    case Family::waiting: break;
    case Family::sleeping: moved = true; break;
    }
    idle.calls = moved ? 0 : idle.calls + 1;
    if (arena_.idle_limit != 0 && idle.calls >= arena_.idle_limit) {
        arena_.ending.store(Ending::busy_loop);
        beat(arena_);
        kernel(SYS_kill, getpid(), SIGKILL);
    }
}

} // namespace lab
