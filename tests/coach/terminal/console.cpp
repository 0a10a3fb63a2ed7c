#include "coach/terminal/console.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace coach {

bool on_terminal() { return ::isatty(STDOUT_FILENO) == 1; }
bool interactive() { return on_terminal() && ::isatty(STDIN_FILENO) == 1; }

std::size_t columns()
{
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char* text = std::getenv("COLUMNS");
    const long number = text == nullptr ? 0 : std::strtol(text, nullptr, 10);
    return number >= 20 && number <= 1000 ? static_cast<std::size_t>(number) : 80;
}

std::string strong(const std::string& text)
{
    return on_terminal() && std::getenv("NO_COLOR") == nullptr ? "\033[1m" + text + "\033[0m" : text;
}

void show(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void clear_screen() { show(on_terminal() ? "\033[H\033[2J" : "\n"); }

namespace {

constexpr int told[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT};
int signal_pipe[2] = {-1, -1};

void note_signal(int signal)
{
    const int saved = errno;
    const char byte = static_cast<char>(signal);
    if (::write(signal_pipe[1], &byte, 1) < 0) // full: then there is enough to wake up for
        errno = saved;
}

} // namespace

Console::Console(Keys keys) : has_keys_{keys == Keys::on && interactive()}
{
    if (::pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        throw std::system_error{errno, std::generic_category(), "pipe"};
    struct sigaction action {};
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    for (const int signal : told)
        ::sigaction(signal, &action, nullptr);
    if (has_keys_ && ::tcgetattr(STDIN_FILENO, &before_) == 0)
        take_terminal();
}

Console::~Console()
{
    if (has_keys_)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    for (const int signal : told)
        std::signal(signal, SIG_DFL);
    for (int& fd : signal_pipe)
        ::close(fd);
}

// Keys come without Enter and are not shown; Ctrl-C stays a signal.
void Console::take_terminal() const
{
    termios mode = before_;
    mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

Event Console::wait(std::initializer_list<int> fds, int milliseconds) const
{
    std::vector<pollfd> sources{{signal_pipe[0], POLLIN, 0}, {has_keys_ ? STDIN_FILENO : -1, POLLIN, 0}};
    for (const int fd : fds)
        sources.push_back({fd, POLLIN, 0});
    Event event;
    const int n = ::poll(sources.data(), sources.size(), milliseconds);
    if (n < 0 && errno != EINTR)
        throw std::system_error{errno, std::generic_category(), "poll"};
    char byte = 0;
    if (::read(signal_pipe[0], &byte, 1) == 1) {
        if (byte == SIGCONT && has_keys_)
            take_terminal(); // the shell has had it meanwhile
        if (byte == SIGWINCH || byte == SIGCONT)
            return {Event::Kind::resized, 0, 0};
        return {Event::Kind::interrupted, 0, byte};
    }
    if (n > 0 && sources[1].revents != 0) {
        if (::read(STDIN_FILENO, &byte, 1) == 1)
            return {Event::Kind::key, byte, 0};
        return {Event::Kind::interrupted, 0, SIGHUP};
    }
    if (n > 0)
        event.kind = Event::Kind::ready;
    return event;
}

} // namespace coach
