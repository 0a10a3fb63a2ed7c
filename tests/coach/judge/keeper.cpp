#include "coach/judge/keeper.h"

#include "coach/judge/process.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace coach {

namespace {

constexpr long look_ms = 200, interrupt_patience_ms = 500, give_up_ms = 5000;
constexpr int killed_base = 128;

long pages_of_mb() { return (1L << 20U) / ::sysconf(_SC_PAGESIZE); }

struct Descendant {
    pid_t pid = 0, parent = 0;
    bool is_zombie = false;
    long pages = 0;
};

// proc(5), /proc/pid/stat: "pid (name) state ppid ...", and rss is field 24. The name may hold anything.
std::vector<Descendant> all_processes()
{
    constexpr int rss = 21; // counted from the state
    std::vector<Descendant> all;
    for (const std::string& name : names_in("/proc")) {
        const std::string text =
            name.find_first_not_of("0123456789") == std::string::npos ? read_file("/proc/" + name + "/stat").value_or("") : "";
        const std::size_t end = text.rfind(") ");
        if (end == std::string::npos)
            continue;
        Descendant one{std::atoi(name.c_str()), 0, text[end + 2] == 'Z', 0};
        std::size_t at = end + 2;
        for (int field = 1; field <= rss && (at = text.find(' ', at)) != std::string::npos; ++field) {
            ++at;
            if (field == 1)
                one.parent = std::atoi(text.c_str() + at);
        }
        one.pages = at == std::string::npos ? 0 : std::atol(text.c_str() + at);
        all.push_back(one);
    }
    return all;
}

std::vector<Descendant> family() // all that descends from this process
{
    std::vector<Descendant> rest = all_processes(), found;
    std::vector<pid_t> parents{::getpid()};
    for (std::size_t next = 0; next < parents.size(); ++next)
        for (const Descendant& one : rest)
            if (one.parent == parents[next]) {
                found.push_back(one);
                parents.push_back(one.pid);
            }
    return found;
}

std::string broken_limit(const Limits& limits)
{
    long pages = 0;
    int alive = 0;
    for (const Descendant& one : family()) {
        pages += one.pages;
        alive += one.is_zombie ? 0 : 1;
    }
    if (alive > limits.processes)
        return "It ran more than " + std::to_string(limits.processes) + " processes at once, and was ended.\n";
    if (pages / pages_of_mb() > limits.memory_mb)
        return "It took more than " + std::to_string(limits.memory_mb) + " MB of memory, and was ended.\n";
    return "";
}

// Nobody is left when there is no child to wait for: whoever loses its parent becomes ours. Gives the status of `program`.
int end_all(pid_t program)
{
    ::kill(-program, SIGKILL); // the group at once, which no fork() escapes; its number is its own until it is waited for
    int status = SIGKILL, one = 0;
    sigset_t child{};
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    const timespec soon{0, 10'000'000};
    for (const long end = steady_ms() + give_up_ms; steady_ms() < end;) {
        ::sigtimedwait(&child, nullptr, &soon);
        pid_t pid = 0;
        while ((pid = ::waitpid(-1, &one, WNOHANG)) > 0)
            if (pid == program)
                status = one;
        if (pid < 0 && errno == ECHILD)
            break;
        for (const Descendant& left : family())
            ::kill(left.pid, SIGKILL);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : killed_base + WTERMSIG(status);
}

// Whether it has ended; it is still there to be waited for. Others that have ended are taken away, as init does with orphans.
bool has_ended(pid_t program)
{
    for (siginfo_t info{};; info = {}) {
        if (::waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | WNOHANG) != 0 || info.si_pid == 0)
            return false;
        if (info.si_pid == program)
            return true;
        ::waitpid(info.si_pid, nullptr, 0);
    }
}

[[noreturn]] void watch_over(pid_t program, const Limits& limits, const sigset_t& awaited)
{
    std::string broken;
    long until = -1; // -1: it may run on
    while (broken.empty() && !has_ended(program) && (until < 0 || steady_ms() < until)) {
        const timespec soon{0, look_ms * 1'000'000};
        const int signal = ::sigtimedwait(&awaited, nullptr, &soon);
        if (signal == SIGTERM || signal == SIGHUP)
            break;
        if (signal == SIGINT && until < 0) {
            ::kill(-program, SIGINT);
            until = steady_ms() + interrupt_patience_ms;
        }
        if (signal < 0)
            broken = broken_limit(limits);
    }
    const int code = end_all(program);
    if (!broken.empty() && ::write(STDERR_FILENO, broken.data(), broken.size()) < 0)
        ::_exit(killed_base + SIGPIPE);
    ::_exit(broken.empty() ? code : killed_base + SIGKILL);
}

void set_limit(__rlimit_resource_t what, rlim_t most)
{
    rlimit limit{};
    ::getrlimit(what, &limit);
    limit.rlim_cur = std::min(most, limit.rlim_max);
    ::setrlimit(what, &limit);
}

} // namespace

Limits limits_of_this_machine()
{
    Limits limits;
    limits.memory_mb = ::sysconf(_SC_PHYS_PAGES) / pages_of_mb() / 2;
    return limits;
}

void keep(const Limits& limits)
{
    sigset_t awaited{}, before{};
    sigemptyset(&awaited);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP})
        sigaddset(&awaited, signal);
    ::sigprocmask(SIG_BLOCK, &awaited, &before);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t program = ::fork();
    if (program < 0)
        ::_exit(killed_base - 2); // as a shell says that it cannot run something
    if (program == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        set_limit(RLIMIT_CORE, 0);
        set_limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu_s));
        ::sigprocmask(SIG_SETMASK, &before, nullptr);
        return;
    }
    ::setpgid(program, program);      // also here: end_all() may come before the child has run
    for (int fd = 0; fd < 1024; ++fd) // other programs' pipes, too: an end of a stream must be seen
        if (fd != STDERR_FILENO)
            ::close(fd);
    watch_over(program, limits, awaited);
}

} // namespace coach
