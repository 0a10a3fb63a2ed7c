#include "lab/script/demands.h"

#include "lab/inside/kernel.h"
#include "lab/inside/lent.h"
#include "lab/script/learner.h"
#include "lab/tell/lesson.h"
#include "lab/words/describe.h"

#include <csignal>
#include <exception>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace lab {

namespace {

std::string named(int fd) { return "descriptor " + std::to_string(fd); }

long descriptor_flags(int fd) { return kernel(SYS_fcntl, fd, F_GETFD); } // not fcntl(): that one is recorded

int socket_option(int fd, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    kernel(SYS_getsockopt, fd, SOL_SOCKET, name, &value, &size);
    return value;
}

} // namespace

void expects(bool holds, const std::string& expected, const std::string& came, const char* file, int line)
{
    if (!holds)
        add_failure(file, line, expected, came);
}

void expects_open(int fd, const std::string& when, const char* file, int line)
{
    expects(descriptor_flags(fd) >= 0, named(fd) + " is open " + when, "it is closed", file, line);
}

void expects_closed(int fd, const std::string& when, const char* file, int line)
{
    expects(descriptor_flags(fd) < 0, named(fd) + " is closed " + when, "it is still open", file, line);
}

void expects_closed_on_exec(int fd, const char* file, int line)
{
    const long flags = descriptor_flags(fd);
    expects(flags >= 0 && (flags & FD_CLOEXEC) != 0, "a program that is started by exec does not inherit " + named(fd),
            "it inherits it", file, line);
}

void expects_socket(int family, int type, int fd, const char* file, int line)
{
    const std::string came = descriptor_flags(fd) < 0 ? named(fd) + " is closed"
                                                      : socket_text(socket_option(fd, SO_DOMAIN), socket_option(fd, SO_TYPE));
    const std::string right = socket_text(family, type);
    expects(came == right, "a socket of " + right, came, file, line);
}

void expects_as_new(int fd) { compare_with_a_new_socket(fd); }

void expects_error(int error, const std::function<void()>& call, const char* file, int line)
{
    std::string came = "no exception";
    try {
        call();
    } catch (const std::system_error& e) {
        if (e.code().value() == error)
            return;
        came = "std::system_error with " + errno_name(e.code().value());
    } catch (const std::exception& e) {
        came = std::string{"another exception, which carries no errno: "} + e.what();
    }
    add_failure(file, line, "std::system_error with " + errno_name(error), came);
}

void expects_to_hear(int fd, std::string_view bytes, const char* file, int line)
{
    const int type = socket_option(fd, SO_TYPE);
    expects(type == SOCK_STREAM, named(fd) + " is a TCP socket", type < 0 ? "it is no socket" : "it is another kind of socket",
            file, line);
    std::string heard(bytes.size(), '\0');
    const ssize_t n = type == SOCK_STREAM ? ::recv(fd, heard.data(), heard.size(), MSG_WAITALL) : 0;
    heard.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    expects(type != SOCK_STREAM || heard == bytes, named(fd) + " hears " + in_quotes(bytes), in_quotes(heard), file, line);
}

void while_a_signal_is_blocked(const std::function<void()>& act, const char* file, int line)
{
    sigset_t one{}, before{};
    sigaddset(&one, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &one, &before);
    ::raise(SIGTERM);
    act();
    constexpr timespec none{};
    const bool waits = ::sigtimedwait(&one, nullptr, &none) == SIGTERM;
    expects(waits, "the signal that its owner has blocked waits still", "it came through", file, line);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

std::string error_of(const std::function<void()>& act)
{
    try {
        act();
    } catch (const std::system_error& e) {
        return errno_name(e.code().value());
    }
    return "no error";
}

} // namespace lab
