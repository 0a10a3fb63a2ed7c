#include "coach/group/program.h"

#include "coach/terminal/text.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coach {

namespace {

constexpr std::size_t most_said = std::size_t{16} << 20U;
constexpr Limits program_limits{1024, 64, 60};

// A leak is for the tests to see; the checker also waits for ever where it may not look at threads.
const EnvironmentChanges program_environment{{"ASAN_OPTIONS", "detect_leaks=0"}, {"LC_ALL", "C.UTF-8"}};

void must_not_wait(int fd) { ::fcntl(fd, F_SETFL, O_NONBLOCK); }

} // namespace

Program::Program(const std::vector<std::string>& command, Input kind) : keeps_input_{kind == Input::stays_open}
{
    std::signal(SIGPIPE, SIG_IGN); // a program that does not read its input is no end of ours
    pid_ = start(command, program_environment, {in_.from, out_pipe_.to, err_pipe_.to}, program_limits);
    Pipe::close(in_.from);
    Pipe::close(out_pipe_.to);
    Pipe::close(err_pipe_.to);
    for (const int fd : {in_.to, out_pipe_.from, err_pipe_.from})
        must_not_wait(fd);
}

bool Program::step()
{
    bool moved = false;
    if (in_.to >= 0 && !input_.empty()) {
        const ssize_t n = ::write(in_.to, input_.data(), input_.size());
        if (n > 0)
            input_.remove_prefix(static_cast<std::size_t>(n));
        else if (n < 0 && errno != EAGAIN)
            Pipe::close(in_.to);
        moved = n > 0;
    }
    if (input_.empty() && !keeps_input_)
        Pipe::close(in_.to);
    const bool ended = reap(); // before the last look at what it said
    moved = read(out_pipe_.from, out_) || moved;
    moved = read(err_pipe_.from, err_) || moved;
    if (ended)
        pid_ = -1;
    return moved || ended;
}

bool Program::read(int& fd, std::string& text)
{
    char buffer[65536];
    ssize_t n = 0;
    bool moved = false;
    while (fd >= 0 && !floods_ && (n = ::read(fd, buffer, sizeof buffer)) > 0) {
        text.append(buffer, static_cast<std::size_t>(n));
        floods_ = text.size() > most_said;
        moved = true;
    }
    if (n == 0)
        Pipe::close(fd);
    return moved;
}

bool Program::reap()
{
    int status = 0;
    if (pid_ < 0 || ::waitpid(pid_, &status, WNOHANG) != pid_)
        return false;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

void Program::add_to(std::vector<pollfd>& sources) const
{
    if (in_.to >= 0 && !input_.empty())
        sources.push_back({in_.to, POLLOUT, 0});
    for (const int fd : {out_pipe_.from, err_pipe_.from})
        if (fd >= 0)
            sources.push_back({fd, POLLIN, 0});
}

// The keeper ends its family and then itself. It takes a moment, and is waited for.
void Program::end()
{
    constexpr long moment_ms = 10000;
    if (pid_ < 0)
        return;
    ::kill(pid_, SIGTERM);
    for (const long until = steady_ms() + moment_ms; !reap();) {
        if (steady_ms() > until)
            ::kill(-pid_, SIGKILL);
        pollfd one{err_pipe_.from, POLLIN, 0}; // what it says meanwhile must have room; no longer than a moment
        ::poll(&one, one.fd < 0 ? 0 : 1, 5);
        char buffer[4096];
        while (one.fd >= 0 && ::read(one.fd, buffer, sizeof buffer) > 0)
            continue;
    }
    pid_ = -1;
}

std::string Program::how_it_ended() const
{
    const std::vector<std::string> lines = lines_of(trimmed(err_));
    std::string text = "ended with " + std::to_string(exit_code_);
    if (exit_code_ > 128)
        text = "was ended by signal " + std::to_string(exit_code_ - 128);
    if (lines.empty())
        return text;
    std::string words = lines.back();
    for (const std::string& line : lines)
        if (line.find("ERROR: AddressSanitizer") != std::string::npos || line.find("runtime error:") != std::string::npos)
            words = line;
    return text + ": " + words;
}

} // namespace coach
