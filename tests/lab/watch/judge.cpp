// The part of the supervisor that says what went wrong.
#include "lab/machine/proc.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace lab {

namespace {

constexpr std::uint64_t ms = 1'000'000;      // nanoseconds
constexpr std::uint64_t look_every = 4 * ms; // the limits are looked at so often
constexpr std::uint64_t at_last = 14;        // deadlines: then it ends, however busy the machine was; before ctest ends the test
constexpr int sanitizer_status = 66;         // child.cpp

std::uint64_t in_ns(std::chrono::milliseconds time) { return static_cast<std::uint64_t>(time.count()) * ms; }

template <class Condition>
const Event* last_call(const Arena& arena, Condition wanted)
{
    const Event* last = nullptr; // of all: while the learner sleeps, a hundred peers may have acted
    for (std::uint32_t i = 0, n = arena.count; i < n; i = arena.next(i))
        if (arena.event(i).who == the_learner && wanted(arena.event(i)))
            last = &arena.event(i);
    return last;
}

const Event* last_call(const Arena& arena)
{
    return last_call(arena, [](const Event&) { return true; });
}

std::string signal_name(int signal)
{
    const char* name = ::sigabbrev_np(signal);
    return name != nullptr ? std::string{"SIG"} + name : "signal " + std::to_string(signal);
}

std::string outcome(const Event& call) { return call.result < 0 ? errno_name(call.error) : std::to_string(call.result); }

std::string leak_text(const Arena& arena)
{
    constexpr std::uint32_t most = 8;
    std::string text =
        arena.leak_count == 1 ? "leaked a descriptor:" : "leaked " + std::to_string(arena.leak_count) + " descriptors:";
    for (std::uint32_t i = 0; i < std::min(arena.leak_count, most); ++i)
        text += (i == 0 ? " " : ", ") + std::to_string(arena.leaks[i]) + origin_of(arena, arena.leaks[i]);
    return text + (arena.leak_count > most ? ", .." : "");
}

std::string loss_text(const Arena& arena)
{
    const std::string both = arena.lost[1] && arena.lost[2] ? "closed descriptors that it did not open: 1, 2" : "";
    return !both.empty() ? both : std::string{"closed a descriptor that it did not open: "} + (arena.lost[1] ? "1" : "2");
}

// The signal that stopped the process, as a shell's Ctrl-Z does; 0 when it is not stopped.
int stopping_signal(pid_t process)
{
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(process), &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 ? info.si_status : 0;
}

} // namespace

bool Supervisor::is_patient() const
{
    return std::getenv("KATA_PATIENT") != nullptr || proc::is_traced(process_) || proc::is_traced(::getpid());
}

// Everyone asleep and nobody with a time limit: no event can come any more. The pause before that is said (Limits::stuck) is
// for what may still be on its way inside the kernel.
bool Supervisor::is_stuck() const
{
    if (arena_->clock.next_end() != never || listener_ >= 0)
        return false;
    std::map<int, const Event*> last;
    const std::uint32_t n = arena_->count;
    for (std::uint32_t i = 0; i < n; i = arena_->next(i))
        if (arena_->event(i).who == the_learner)
            last[arena_->event(i).thread] = &arena_->event(i);
    bool someone = false;
    for (const auto& [thread, event] : last) {
        if (event->phase == Phase::paused)
            return false; // it is the test's turn
        if (!is_asleep(*event))
            continue;
        if (event->patience >= 0)
            return false; // it will wake up by itself
        someone = true;
    }
    return someone && everyone_sleeps();
}

// The connections that a learner who waits for the next one still holds: most often that is why nobody wakes it.
std::string Supervisor::held_connections() const
{
    const Event* last = last_call(*arena_);
    if (last == nullptr || family_of(last->call) != Family::accepting)
        return "";
    std::string text;
    for (const int fd : proc::descriptors(process_))
        if (family_of(origin_call(*arena_, fd)) == Family::accepting)
            text += (text.empty() ? " with " : ", ") + std::to_string(fd) + origin_of(*arena_, fd);
    return text.empty() ? "" : text + " still open";
}

std::string Supervisor::where_it_sleeps() const
{
    if (const Event* sleeper = last_call(*arena_, [this](const Event& e) { return is_asleep(e); }))
        return ": asleep in " + short_call(*sleeper);
    return ": asleep, but in no call on a socket (a lock, a join, a pause?)";
}

// What a learner does that has not moved for a while: ": asleep in poll(3)"; "" when it does something.
std::string Supervisor::idleness()
{
    if (still_ns_ < in_ns(limits_.stuck))
        return "";
    for (int tries = 0; !everyone_sleeps(); ++tries) { // a sanitizer's own thread may be awake for a moment
        if (tries == 50)
            return "";
        nap(arena_->beat, std::chrono::milliseconds{1});
    }
    return where_it_sleeps();
}

bool Supervisor::prints_too_much() const
{
    struct stat file {};
    return ::fstat(output_, &file) == 0 && static_cast<std::size_t>(file.st_size) >> 20 >= limits_.output_mib;
}

// Judged is what was seen to happen, not what a clock says that others' work moves: a look counts for no more than twice its
// time, for the test itself may have waited for a processor; and who could run has used what it has run.
bool Supervisor::check_limits(bool test_waits)
{
    const std::uint64_t now = now_ns();
    if (const std::uint32_t seen = arena_->beat; seen != beat_) {
        beat_ = seen;
        still_ns_ = 0;
    }
    if (now - checked_ns_ < look_every)
        return true;
    const std::uint64_t passed = std::min(now - std::max(checked_ns_, started_ns_), 2 * look_every);
    const std::uint64_t cpu = proc::cpu_time_ns(process_), ran = cpu - std::min(cpu, std::exchange(cpu_ns_, cpu));
    checked_ns_ = now;
    still_ns_ += passed;
    used_ns_ += everyone_sleeps() ? passed : std::min(passed, ran);

    Verdict verdict = Verdict::none;
    std::string text;
    if (const int stopper = stopping_signal(process_); stopper != 0 && still_ns_ > in_ns(limits_.stuck)) {
        verdict = Verdict::stuck;
        text = "stopped by " + signal_name(stopper) + ", and nothing will ever wake it";
    } else if (is_twice_stuck(test_waits && still_ns_ > in_ns(limits_.stuck))) {
        verdict = Verdict::stuck;
        const Event* sleeper = last_call(*arena_, [this](const Event& e) { return is_asleep(e); });
        text = "stuck: asleep in " + short_call(sleeper != nullptr ? *sleeper : *last_call(*arena_)) + held_connections() +
               ", and nothing will ever wake it";
    } else if (const std::size_t mib = own_mib(); mib > limits_.memory_mib) {
        verdict = Verdict::memory;
        text = "uses more than " + std::to_string(limits_.memory_mib) + " MiB of memory";
    } else if (const unsigned times = mib > limits_.memory_mib / 4 ? 4 : 1; cpu > times * in_ns(limits_.cpu)) {
        // A new page may cost 15 us on a virtual machine: who takes many has the time to reach the limit that tells of them.
        verdict = Verdict::burned_cpu;
        const std::string progress = diligence();
        text = (progress.empty() ? "an endless loop: " : "too slow: ") + std::to_string(times * limits_.cpu.count()) +
               " ms of CPU time used up" + progress;
    } else if (used_ns_ > times * in_ns(limits_.deadline) || now - started_ns_ > at_last * in_ns(limits_.deadline)) {
        verdict = Verdict::deadline;
        const std::string idle = idleness();
        const bool starved = used_ns_ <= in_ns(limits_.deadline) && idle.empty() && diligence().empty(); // got no processor
        text = (starved ? "an endless loop: still running after " : "still running after ") +
               std::to_string(limits_.deadline.count()) + " ms" + idle;
    } else if (prints_too_much()) {
        verdict = Verdict::output;
        text = "printed more than " + std::to_string(limits_.output_mib) + " MiB";
    }
    if (verdict == Verdict::none)
        return true;
    if (verdict != Verdict::memory && verdict != Verdict::output && is_patient()) {
        started_ns_ = now;
        used_ns_ = still_ns_ = 0;
        return true;
    }
    stop(verdict, text);
    return false;
}

void Supervisor::conclude(int status)
{
    const Event* last = last_call(*arena_);
    const std::string what = arena_->what;
    switch (arena_->ending.load()) {
    case Ending::busy_loop:
        judge(Verdict::busy_loop, "busy loop: " + std::to_string(limits_.idle_calls) + " calls in a row that moved nothing" +
                                      (last != nullptr ? "; the last was " + short_call(*last) + " = " + outcome(*last) : ""));
        break;
    case Ending::not_written: judge(Verdict::not_written, "not written yet"); break;
    case Ending::no_recorder:
        judge(Verdict::lab_error,
              "the recorder does not record in this build: link the lab's shims as objects, not as a library");
        break;
    case Ending::left_its_thread: judge(Verdict::exited, "called pthread_exit() instead of returning"); break;
    default: break;
    }
    if (WIFSIGNALED(status)) {
        const bool inside = last != nullptr && last->phase != Phase::returned;
        judge(Verdict::signal, "killed by " + signal_name(WTERMSIG(status)) + (inside ? " inside " + short_call(*last) : "") +
                                   (what.empty() ? "" : ", by an exception that nobody caught: " + what));
    } else if (!has_returned()) {
        const int code = WEXITSTATUS(status);
        // What a program does while it exits comes after that call; and what it forked may exit as it likes.
        const Event* exit =
            last_call(*arena_, [this](const Event& e) { return is_leaving(e.call) && e.args[1] == arena_->process; });
        if (exit != nullptr)
            judge(Verdict::exited, "called " + short_call(*exit) + " instead of returning");
        else if (code == sanitizer_status)
            judge(Verdict::sanitizer, "stopped by a sanitizer: " + sanitizer_headline(output()));
        else
            judge(Verdict::exited, "the process ended with status " + std::to_string(code) + " before the function returned");
    } else if (arena_->ending == Ending::threw) {
        judge(Verdict::threw, "threw " + what);
    } else if (arena_->ending == Ending::memory_leaked) {
        judge(Verdict::sanitizer, "leaked memory: " + sanitizer_headline(output()));
    } else if (arena_->ending == Ending::thread_left) {
        judge(Verdict::left_behind, "your function returned, but a thread that it started still runs");
    } else if (arena_->leak_count > 0) {
        judge(Verdict::leaked, leak_text(*arena_));
    } else if (arena_->lost[1] || arena_->lost[2]) {
        judge(Verdict::leaked, loss_text(*arena_));
    } else if (arena_->change_count > 0) {
        judge(Verdict::changed, arena_->changed + std::string{arena_->throws != 0 ? ", after a throw" : ""});
    } else if (prints_too_much()) { // and was faster than the supervisor's look
        judge(Verdict::output, "printed more than " + std::to_string(limits_.output_mib) + " MiB");
    }
    sweep();
}

} // namespace lab
