#include "coach/tests/terminal.h"

#include "coach/judge/process.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace coach_tests {

namespace {

constexpr int patience_ms = 60000; // of silence; a busy machine may be slow

[[noreturn]] void become(const std::vector<std::string>& command, const std::string& folder, const Environment& environment)
{
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    for (const char* name : {"COLUMNS", "NO_COLOR", "CMAKE_BUILD_PARALLEL_LEVEL"})
        ::unsetenv(name);
    for (const auto& [name, value] : environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    if (::chdir(folder.c_str()) == 0)
        ::execv(words[0], words.data());
    ::_exit(126);
}

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

} // namespace

Terminal::Terminal(const std::vector<std::string>& command, const std::string& folder, const Environment& environment)
{
    const winsize size{24, 80, 0, 0};
    pid_ = ::forkpty(&keyboard_, nullptr, nullptr, &size);
    if (pid_ < 0)
        throw std::system_error{errno, std::generic_category(), "forkpty"};
    if (pid_ == 0)
        become(command, folder, environment);
    ::fcntl(keyboard_, F_SETFD, FD_CLOEXEC);
}

Terminal::~Terminal()
{
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(keyboard_);
}

bool Terminal::read_more()
{
    pollfd one{keyboard_, POLLIN, 0};
    if (::poll(&one, 1, patience_ms) != 1)
        return false;
    char buffer[4096];
    const ssize_t n = ::read(keyboard_, buffer, sizeof buffer); // EIO: nobody has the other end open
    for (ssize_t i = 0; i < n; ++i)
        if (buffer[i] != '\r')
            screen_ += buffer[i];
    return n > 0;
}

bool Terminal::sees(const std::string& text)
{
    const long end = coach::steady_ms() + patience_ms; // a program with a clock is never silent
    std::size_t at = screen_.find(text, seen_);
    while (at == std::string::npos && coach::steady_ms() < end && read_more())
        at = screen_.find(text, seen_);
    if (at == std::string::npos)
        return false;
    seen_ = at + text.size();
    return true;
}

void Terminal::types(const std::string& keys) const
{
    if (::write(keyboard_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size()))
        throw std::system_error{errno, std::generic_category(), "typing"};
}

void Terminal::becomes_wide(unsigned short columns) const
{
    const winsize size{24, columns, 0, 0};
    ::ioctl(keyboard_, TIOCSWINSZ, &size);
}

int Terminal::ends()
{
    const long end = coach::steady_ms() + patience_ms;
    while (coach::steady_ms() < end && read_more())
        continue;
    // The terminal was closed, or patience is over. Only the first means that the program ends.
    pollfd one{keyboard_, POLLIN, 0};
    if (::poll(&one, 1, 0) == 1 && (one.revents & POLLHUP) != 0) {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return exit_code(status);
    }
    return -1;
}

bool Terminal::echoes() const
{
    termios mode{};
    return ::tcgetattr(keyboard_, &mode) == 0 && (mode.c_lflag & ECHO) != 0 && (mode.c_lflag & ICANON) != 0;
}

Ended run(const std::vector<std::string>& command, const std::string& folder, const Environment& environment)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error{errno, std::generic_category(), "pipe"};
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        become(command, folder, environment);
    }
    ::close(ends[1]);
    Ended result;
    char buffer[4096];
    pollfd one{ends[0], POLLIN, 0};
    for (ssize_t n = 1; n > 0;) {
        if (::poll(&one, 1, patience_ms) != 1) {
            ::kill(pid, SIGKILL);
            result.said += "(it did not end)";
        }
        n = ::read(ends[0], buffer, sizeof buffer);
        result.said.append(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    result.status = exit_code(status);
    return result;
}

} // namespace coach_tests
