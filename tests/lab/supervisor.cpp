#include "lab/supervisor.h"

#include "lab/child.h"
#include "lab/proc.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <linux/futex.h>
#include <poll.h>
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
    arena_->start = now_ns();
}

Supervisor::~Supervisor()
{
    stop();
    ::munmap(arena_, sizeof(Arena));
    ::close(output_);
}

void Supervisor::start(const std::function<void()>& body, const std::vector<int>& handed)
{
    if (someone_runs)
        throw std::logic_error{"one learner at a time"};
    std::fflush(nullptr); // or a learner who calls exit() prints our buffers a second time
    ::lseek(output_, 0, SEEK_SET);
    started_ns_ = beat_ns_ = arena_->start = now_ns();
    const pid_t child = ::fork();
    if (child < 0)
        throw std::system_error{errno, std::generic_category(), "fork"};
    if (child == 0)
        live_as_the_learner(*arena_, limits_, output_, handed, body);
    process_ = child;
    someone_runs = true;
}

void Supervisor::nap(std::uint32_t seen_beat, long milliseconds)
{
    const timespec limit{0, milliseconds * 1'000'000};
    arena_->watchers.fetch_add(1);
    syscall(SYS_futex, &arena_->beat, FUTEX_WAIT, seen_beat, &limit, nullptr, 0);
    arena_->watchers.fetch_sub(1);
}

bool Supervisor::step()
{
    if (process_ <= 0)
        return false;
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
        conclude(status);
        return false;
    }
    return check_limits();
}

bool Supervisor::await(const std::function<bool()>& condition)
{
    for (;;) {
        const std::uint32_t seen = arena_->beat;
        if (condition())
            return true;
        if (!step())
            return verdict_ == Verdict::none && condition();
        nap(seen, 4);
    }
}

bool Supervisor::await_fd(int fd, short events, int last_ms)
{
    pollfd p{fd, events, 0};
    for (;;) {
        if (::poll(&p, 1, process_ > 0 ? 4 : 0) > 0)
            return true;
        if (!step()) // what a learner who was killed leaves on the wire is not its answer
            return verdict_ == Verdict::none && ::poll(&p, 1, last_ms) > 0;
    }
}

bool Supervisor::is_asleep(const Event& event) const
{
    return is_the_learners(event) && may_sleep(event) && proc::state(process_, event.thread) == 'S';
}

bool Supervisor::everyone_sleeps() const
{
    const std::vector<int> threads = proc::threads(process_);
    return std::all_of(threads.begin(), threads.end(), [this](int t) {
        const char state = proc::state(process_, t);
        return state == 'S' || state == 't' || state == 'T' || state == 0;
    });
}

void Supervisor::settle()
{
    for (int tries = 0; process_ > 0; ++tries) {
        const std::uint32_t seen = arena_->beat;
        const std::uint32_t n = arena_->count;
        const bool resting = arena_->ready != 0 && n > 0 && (may_rest(arena_->event(n - 1)) || tries > 50);
        if (resting && everyone_sleeps() && seen == arena_->beat)
            return;
        if (!step())
            return;
        if (tries % 64 != 63)
            ::sched_yield();
        else
            nap(seen, 1);
    }
}

void Supervisor::release()
{
    if (arena_->released == arena_->halts)
        return;
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
            nap(arena_->beat, 1);
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

std::string Supervisor::output() const
{
    std::string text(static_cast<std::size_t>(::lseek(output_, 0, SEEK_END)), '\0');
    text.resize(std::min<std::size_t>(text.size(), 1 << 20));
    const ssize_t n = ::pread(output_, text.data(), text.size(), 0);
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
}

std::uint8_t Supervisor::add_peer(const std::string& name)
{
    const auto known = std::find(peers_.begin(), peers_.end(), name);
    if (known != peers_.end())
        return static_cast<std::uint8_t>(known - peers_.begin());
    peers_.push_back(name);
    return static_cast<std::uint8_t>(peers_.size() - 1);
}

void Supervisor::note(std::uint8_t peer, const std::string& text)
{
    Event& event = begin_event(*arena_, peer, Call::note, -1);
    std::snprintf(event.text, sizeof event.text, "%s", text.c_str());
    event.ended = event.began;
    event.phase = Phase::returned;
}

} // namespace lab
