#include "program.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lab {

namespace {

std::string command(const std::string& test, const std::string& environment)
{
    return environment + " '" LAB_FIXTURES "' --gtest_filter=" + test;
}

// Runs `line` by a shell that has `output` as its stdout and stderr, and reads at `input` what it prints.
Printed run(const std::string& line, int output, int input)
{
    const pid_t shell = ::fork();
    if (shell == 0) {
        ::dup2(output, 1);
        ::dup2(output, 2);
        ::close(input);
        ::close(output);
        ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(output);
    Printed printed;
    char block[4096];
    for (ssize_t n = 0; (n = ::read(input, block, sizeof block)) > 0 || (n < 0 && errno == EINTR);)
        printed.text.append(block, n > 0 ? static_cast<std::size_t>(n) : 0);
    ::close(input);
    int status = 0;
    while (::waitpid(shell, &status, 0) < 0 && errno == EINTR) {
    }
    printed.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return printed;
}

bool is_time(const std::string& line)
{
    const std::size_t dot = line.find('.');
    return dot != std::string::npos && dot >= 4 && line.find_first_not_of(" 0123456789") == dot &&
           line.compare(dot + 3, 5, " ms  ") == 0;
}

} // namespace

Printed fixture(const std::string& test, const std::string& environment)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return {};
    return run(command(test, environment), ends[1], ends[0]);
}

Printed fixture_at_a_terminal(const std::string& test, const std::string& environment)
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0 || ::grantpt(terminal) < 0 || ::unlockpt(terminal) < 0)
        return {};
    const int screen = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (screen < 0)
        return {};
    Printed printed = run(command(test, environment), screen, terminal);
    std::erase(printed.text, '\r');
    return printed;
}

std::string without_times(const std::string& text)
{
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        const std::string line = text.substr(begin, end - begin);
        result += is_time(line) ? "      time" + line.substr(line.find(" ms  ") + 3) : line;
        begin = end;
    }
    return result;
}

} // namespace lab
