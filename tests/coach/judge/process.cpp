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

[[noreturn]] void become(char* const* command, const Process::Settings& settings, int output, const sigset_t& signals)
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD, SIGWINCH, SIGCONT})
        std::signal(signal, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &signals, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    if (nothing > STDERR_FILENO)
        ::close(nothing);
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

Process::Process(const std::vector<std::string>& command, const Settings& settings)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error{errno, std::generic_category(), "pipe"};
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    // Until the child has handlers of its own, a signal for it would be told to us, through the pipe of our handler.
    sigset_t all, before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before);
    pid_ = ::fork();
    if (pid_ == 0)
        become(words.data(), settings, ends[1], before);
    const int reason = errno;
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    ::close(ends[1]);
    fd_ = ends[0];
    if (pid_ < 0) {
        ::close(fd_);
        throw std::system_error{reason, std::generic_category(), "fork"};
    }
    ::setpgid(pid_, pid_); // also here: stop() may come before the child has run
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
}

Process::~Process()
{
    stop();
    ::close(fd_);
}

// What the learner's code left behind may hold the pipe open: then the end of the process counts.
bool Process::read(std::string& output)
{
    const bool ended = reap(false);
    char buffer[16384];
    ssize_t n = 0;
    while ((n = ::read(fd_, buffer, sizeof buffer)) > 0)
        output.append(buffer, static_cast<std::size_t>(n));
    if (n == 0)
        reap(true);
    return n < 0 && !ended;
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
        pollfd one{fd_, POLLIN, 0};
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
