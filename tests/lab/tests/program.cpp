#include "program.h"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lab {

namespace {

std::string command(const std::string& test, const std::string& environment)
{
    return "COLUMNS=500 " + environment + " '" LAB_FIXTURES "' --gtest_filter=" + test;
}

// Runs `line` by a shell that has `output` as its stdout and stderr, and reads at `input` what it prints.
Printed run(const std::string& line, int output, int input, void (*prepare)() = nullptr)
{
    const pid_t shell = ::fork();
    if (shell == 0) {
        if (prepare != nullptr)
            prepare();
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

// seccomp(2); what is forbidden stays so after exec.
void forbid_ptrace()
{
    sock_filter program[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                             BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
                             BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const sock_fprog filter{std::size(program), program};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0)
        ::_exit(126);
}

bool is_time(const std::string& line)
{
    const std::size_t dot = line.find('.');
    const std::size_t begin = line.rfind("=>", 0) == 0 ? 2 : 0;
    return dot != std::string::npos && dot >= 4 && line.find_first_not_of(" 0123456789", begin) == dot &&
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

Printed fixture_without_ptrace(const std::string& test, const std::string& environment)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return {};
    return run(command(test, environment), ends[1], ends[0], forbid_ptrace);
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
        result += is_time(line) ? (line[0] == '=' ? "=>    time" : "      time") + line.substr(line.find(" ms  ") + 3) : line;
        begin = end;
    }
    return result;
}

} // namespace lab
