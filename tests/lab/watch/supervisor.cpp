#include "lab/watch/supervisor.h"

#include "lab/inside/child.h"
#include "lab/machine/proc.h"
#include "lab/machine/tcp_bytes.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace lab {

using namespace std::chrono_literals;

namespace {

bool someone_runs = false;

void on_child_signal(int) {} // interrupts poll and futex, so that an end is noticed at once

// What the whole test process needs once, before its first learner.
void prepare_process()
{
    static const bool once = [] {
        struct sigaction action {};
        action.sa_handler = on_child_signal;
        ::sigaction(SIGCHLD, &action, nullptr);
        ::signal(SIGPIPE, SIG_IGN);         // the child puts it back
        ::prctl(PR_SET_CHILD_SUBREAPER, 1); // a learner's daemon becomes our child, so that we can end it
        return true;
    }();
    (void)once;
}

} // namespace

Supervisor::Supervisor(const Limits& limits) : limits_{limits}
{
    prepare_process();
    void* memory = ::mmap(nullptr, sizeof(Arena), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    output_ = ::memfd_create("learner's output", MFD_CLOEXEC);
    if (memory == MAP_FAILED || output_ < 0)
        throw std::system_error{errno, std::generic_category(), "no shared memory for the recorder"};
    arena_ = static_cast<Arena*>(memory);
    arena_->idle_limit = limits.idle_calls;
    arena_->output = output_;
    timespec date{};
    ::clock_gettime(CLOCK_REALTIME, &date);
    arena_->clock.now = first_moment;
    arena_->clock.wall = date.tv_sec * 1'000'000'000 - first_moment / 1'000'000'000 * 1'000'000'000;
}

Supervisor::~Supervisor()
{
    stop();
    ::munmap(arena_, sizeof(Arena));
    ::close(output_);
}

// What the learner takes. What it has from us does not count: tests before it may have taken much.
std::size_t Supervisor::own_mib() const
{
    const std::size_t all = proc::resident_mib(process_);
    return all > limits_.memory_mib / 4 ? all - std::min(all, proc::resident_mib(::getpid())) : all;
}

void Supervisor::start(const std::function<void()>& body, const std::vector<int>& handed)
{
    if (someone_runs)
        throw std::logic_error{"one learner at a time"};
    lets_arrive();
    std::fflush(nullptr); // or a learner who calls exit() prints our buffers a second time
    ::lseek(output_, 0, SEEK_SET);
    started_ns_ = now_ns();
    arena_->lent = static_cast<int>(handed.size());
    const pid_t child = ::fork();
    if (child < 0)
        throw std::system_error{errno, std::generic_category(), "fork"};
    if (child == 0)
        live_as_the_learner(*arena_, limits_, output_, handed, body);
    process_ = child;
    someone_runs = true;
}

bool Supervisor::step(bool test_waits)
{
    if (process_ <= 0)
        return false;
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
        conclude(status);
        return false;
    }
    return check_limits(test_waits);
}

void Supervisor::release()
{
    if (arena_->released == arena_->halts)
        return;
    lets_arrive();
    arena_->released.store(arena_->halts);
    syscall(SYS_futex, &arena_->released, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void Supervisor::stop(Verdict verdict, std::string text)
{
    judge(verdict, std::move(text));
    stop();
}

void Supervisor::stop()
{
    if (process_ <= 0)
        return;
    if (!has_returned()) { // it cannot say so itself any more
        const TcpBytes moved = tcp_bytes(process_, 3, arena_->lent);
        arena_->moved_in = moved.taken;
        arena_->moved_out = moved.given;
    }
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    sweep();
}

// True when nothing that the learner forked is left; what has ended is cleared away.
bool Supervisor::is_childless()
{
    pid_t ended = 0;
    do
        ended = ::waitpid(-1, nullptr, WNOHANG);
    while (ended > 0 || (ended < 0 && errno == EINTR));
    return ended < 0;
}

// Ends whatever the learner left running: its process group, and daemons that left the group and became our children.
void Supervisor::sweep()
{
    bool left = !is_childless();
    if (has_returned() && verdict_ == Verdict::none && !limits_.may_leave_processes)
        for (int i = 0; left && i < 100; ++i) { // what is about to end by itself gets a moment, as threads do
            nap(arena_->beat, 1ms);
            jump_to(arena_->clock.now + 1'000'000);
            left = !is_childless();
        }
    if (arena_->ending == Ending::forked_and_returned)
        judge(Verdict::left_behind, "your function forked and returned twice, once in each process");
    if (left && !limits_.may_leave_processes && has_returned())
        judge(Verdict::left_behind, "your function returned, but a process that it forked still ran");
    ::kill(-process_, SIGKILL);
    process_ = 0;
    someone_runs = false;
    while (!is_childless()) {
        for (const pid_t stray : proc::children_of(::getpid()))
            ::kill(stray, SIGKILL);
        ::sched_yield();
    }
}

void Supervisor::judge(Verdict verdict, std::string text)
{
    if (verdict_ != Verdict::none)
        return;
    verdict_ = verdict;
    text_ = std::move(text);
}

bool Supervisor::was_cut_short() const
{
    switch (verdict_) {
    case Verdict::busy_loop:
    case Verdict::stuck:
    case Verdict::burned_cpu:
    case Verdict::deadline:
    case Verdict::memory:
    case Verdict::output:
    case Verdict::signal:
    case Verdict::threw: return true;
    case Verdict::exited:
    case Verdict::sanitizer: return !has_returned(); // a server may have returned, and a leak is found at the end
    default: return false;
    }
}

std::string Supervisor::output() const
{
    std::string text(static_cast<std::size_t>(::lseek(output_, 0, SEEK_END)), '\0');
    text.resize(std::min<std::size_t>(text.size(), 1 << 20));
    const ssize_t n = ::pread(output_, text.data(), text.size(), 0);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

std::uint16_t Supervisor::add_peer(const std::string& name)
{
    const auto known = std::find(peers_.begin(), peers_.end(), name);
    if (known != peers_.end())
        return static_cast<std::uint16_t>(known - peers_.begin());
    peers_.push_back(name);
    return static_cast<std::uint16_t>(peers_.size() - 1);
}

void Supervisor::note(std::uint16_t peer, const std::string& text)
{
    Event& event = begin_event(*arena_, peer, Call::note, -1);
    std::snprintf(event.text, sizeof event.text, "%s", text.c_str());
    event.ended = event.began;
    event.phase = Phase::returned;
}

} // namespace lab
