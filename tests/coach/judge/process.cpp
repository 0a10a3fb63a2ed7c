#include "coach/judge/process.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace coach {

namespace {

constexpr int could_not_start = 127, signal_base = 128, patience_ms = 1000;
constexpr std::size_t most_at_once = std::size_t{1} << 20U; // one that never stops must not keep us from ending it

[[noreturn]] void become(char* const* command, const EnvironmentChanges& settings, const Streams& streams,
                         const std::optional<Limits>& limits, const sigset_t& signals)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD, SIGWINCH, SIGCONT})
        std::signal(signal, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &signals, nullptr);
    const int nothing = streams.in < 0 ? ::open("/dev/null", O_RDONLY) : streams.in;
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(streams.out, STDOUT_FILENO);
    ::dup2(streams.err, STDERR_FILENO);
    if (nothing > STDERR_FILENO)
        ::close(nothing);
    if (limits)
        keep(*limits);
    for (const auto& [name, value] : settings) {
        if (value == nullptr)
            ::unsetenv(name.c_str());
        else
            ::setenv(name.c_str(), value, 1);
    }
    ::execvp(command[0], command);
    const std::string words = std::string{"cannot start "} + command[0] + ": " + std::strerror(errno) + "\n";
    if (::write(STDERR_FILENO, words.data(), words.size()) < 0)
        ::_exit(could_not_start + 1);
    ::_exit(could_not_start);
}

} // namespace

pid_t start(const std::vector<std::string>& command, const EnvironmentChanges& settings, const Streams& streams,
            const std::optional<Limits>& limits)
{
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    // Until the child has handlers of its own, a signal for it would be told to us, through the pipe of our handler.
    sigset_t all, before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0)
        become(words.data(), settings, streams, limits, before);
    const int reason = errno;
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        throw std::system_error{reason, std::generic_category(), "fork"};
    ::setpgid(pid, pid); // also here: it may be ended before the child has run
    return pid;
}

Pipe::Pipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error{errno, std::generic_category(), "pipe"};
    from = ends[0];
    to = ends[1];
}

Pipe::~Pipe()
{
    close(from);
    close(to);
}

void Pipe::close(int& end)
{
    if (end >= 0)
        ::close(end);
    end = -1;
}

Process::Process(const std::vector<std::string>& command, const EnvironmentChanges& settings, const std::optional<Limits>& limits)
{
    pid_ = start(command, settings, {-1, pipe_.to, pipe_.to}, limits);
    Pipe::close(pipe_.to);
    ::fcntl(pipe_.from, F_SETFL, O_NONBLOCK);
}

Process::~Process() { stop(); }

// What the learner's code left behind may hold the pipe open: then the end of the process counts.
bool Process::read(std::string& output)
{
    const bool ended = reap(false);
    char buffer[16384];
    ssize_t n = 0;
    std::size_t got = 0;
    while (got < most_at_once && (n = ::read(pipe_.from, buffer, sizeof buffer)) > 0) {
        output.append(buffer, static_cast<std::size_t>(n));
        got += static_cast<std::size_t>(n);
    }
    if (n == 0)
        reap(true);
    return n > 0 || (n < 0 && !ended);
}

bool Process::reap(bool wait)
{
    if (pid_ < 0)
        return true;
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT | (wait ? 0 : WNOHANG)) != 0 || info.si_pid == 0)
        return false;
    ::kill(-pid_, SIGKILL); // what it left behind; before its number can be another's
    int status = 0;
    ::waitpid(pid_, &status, 0);
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
    pid_ = -1;
    return true;
}

void Process::stop()
{
    if (reap(false))
        return;
    ::kill(-pid_, SIGINT);
    std::string rest;
    for (const long end = steady_ms() + patience_ms; steady_ms() < end;) {
        pollfd one{pipe_.from, POLLIN, 0};
        ::poll(&one, 1, 10);
        if (!read(rest))
            return;
    }
    ::kill(-pid_, SIGKILL);
    reap(true);
}

long steady_ms()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

} // namespace coach
