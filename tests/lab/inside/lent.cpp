// What belongs to the caller, and the process. The descriptors' options: lent_options.cpp.
#include "lab/inside/lent.h"

#include "lab/inside/kernel.h"
#include "lab/inside/lent_options.h"
#include "lab/inside/recorder.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

namespace lab {

namespace {

constexpr int signals = 65;

struct Process {
    sigset_t blocked;
    struct sigaction actions[signals];
    bool timers[3];
    mode_t umask;
    struct stat folder;
};

Process look_at_the_process()
{
    Process now{};
    ::pthread_sigmask(SIG_BLOCK, nullptr, &now.blocked);
    for (int signal = 1; signal < signals; ++signal)
        ::sigaction(signal, nullptr, &now.actions[signal]); // not of those that libc keeps for itself
    const __itimer_which_t timers[] = {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF};
    for (std::size_t i = 0; i < 3; ++i) {
        itimerval timer{};
        ::getitimer(timers[i], &timer);
        now.timers[i] = timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0;
    }
    now.umask = ::umask(0);
    ::umask(now.umask);
    ::stat(".", &now.folder);
    return now;
}

bool is_armed(const Timer& timer, std::int64_t now) { return timer.due != 0 && (now < timer.due || timer.interval != 0); }

std::string name_of_signal(int signal)
{
    const char* name = ::sigabbrev_np(signal);
    return name != nullptr ? std::string{"SIG"} + name : "signal " + std::to_string(signal);
}

// Flags and mask say something about a handler only.
bool same_action(const struct sigaction& a, const struct sigaction& b)
{
    if (a.sa_handler != b.sa_handler)
        return false;
    return a.sa_handler == SIG_DFL || a.sa_handler == SIG_IGN ||
           (a.sa_flags == b.sa_flags && std::memcmp(&a.sa_mask, &b.sa_mask, _NSIG / 8) == 0); // the kernel's part of it
}

const char* words_of(const struct sigaction& action)
{
    return action.sa_handler == SIG_IGN   ? " ignored"
           : action.sa_handler == SIG_DFL ? " at its default action"
                                          : " with another handler";
}

std::string octal(mode_t mask)
{
    char text[16];
    std::snprintf(text, sizeof text, "0%03o", mask);
    return text;
}

void compare(const Process& then, const Process& now, Changes& changes)
{
    for (int signal = 1; signal < signals; ++signal)
        if (!same_action(then.actions[signal], now.actions[signal]))
            changes.add(name_of_signal(signal), name_of_signal(signal) + words_of(now.actions[signal]));
    for (int signal = 1; signal < signals; ++signal)
        if (const int blocked = ::sigismember(&now.blocked, signal); blocked != ::sigismember(&then.blocked, signal))
            changes.add(name_of_signal(signal), name_of_signal(signal) + (blocked == 1 ? " blocked" : " unblocked"));
    constexpr const char* timers[] = {"ITIMER_REAL (alarm)", "ITIMER_VIRTUAL", "ITIMER_PROF"};
    for (std::size_t i = 0; i < 3; ++i)
        if (now.timers[i] && !then.timers[i])
            changes.add("timer", std::string{"a timer running: "} + timers[i]);
    if (now.umask != then.umask)
        changes.add("umask", "the umask at " + octal(now.umask) + " (it was " + octal(then.umask) + ")");
    if (now.folder.st_ino != then.folder.st_ino || now.folder.st_dev != then.folder.st_dev)
        changes.add("folder", "the process in another working directory");
}

Process process_before;
std::vector<Lent> lent_before;

} // namespace

bool Changes::is_allowed(const std::string& what) const
{
    for (std::uint32_t i = 0; i < arena_.allowed_count; ++i)
        if (what == arena_.allowed[i])
            return true;
    return false;
}

void Changes::add(const std::string& what, const std::string& left)
{
    constexpr std::uint32_t most = 3;
    if (is_allowed(what) || ++arena_.change_count > most)
        return;
    const std::size_t used = std::strlen(arena_.changed);
    std::snprintf(arena_.changed + used, sizeof arena_.changed - used, "%s%s", used == 0 ? "left " : ", and ", left.c_str());
}

void remember_what_is_lent(int count)
{
    for (int fd = 3; fd < 3 + count; ++fd)
        lent_before.emplace_back(fd);
    process_before = look_at_the_process();
}

void compare_with_a_new_socket(int fd)
{
    int domain = 0, type = 0;
    socklen_t size = sizeof domain;
    kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_DOMAIN, &domain, &size);
    kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &type, &size);
    const int fresh = static_cast<int>(kernel(SYS_socket, domain, type | SOCK_CLOEXEC, 0));
    Changes changes{*recording};
    Lent{fresh}.compare_with(Lent{fd}, changes);
    kernel(SYS_close, fresh);
}

void keep_what_changed(Arena& arena)
{
    Changes changes{arena};
    for (const Lent& one : lent_before)
        one.compare(changes);
    Process now = look_at_the_process();
    now.timers[0] |= is_armed(arena.clock.timers[Clock::alarm], arena.clock.now); // the kernel's is not (timers.cpp)
    compare(process_before, now, changes);
}

} // namespace lab
