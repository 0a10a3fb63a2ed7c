#pragma once

#include <cstddef>
#include <cstdint>

namespace lab {

// What a call is for. Faults name a family, because a learner may pick any member of it: recv, read, readv...
enum class Family : std::uint8_t { none, reading, writing, accepting, connecting, waiting, opening, closing, sleeping };

// Every library call that the recorder knows, with its family. The name is printed as it stands here.
#define LAB_CALLS(X)                                                                                                             \
    X(socket, opening)                                                                                                           \
    X(socketpair, opening)                                                                                                       \
    X(bind, none)                                                                                                                \
    X(listen, none)                                                                                                              \
    X(accept, accepting)                                                                                                         \
    X(accept4, accepting)                                                                                                        \
    X(connect, connecting)                                                                                                       \
    X(shutdown, none)                                                                                                            \
    X(close, closing)                                                                                                            \
    X(dup, opening)                                                                                                              \
    X(dup2, opening)                                                                                                             \
    X(dup3, opening)                                                                                                             \
    X(fcntl, none)                                                                                                               \
    X(ioctl, none)                                                                                                               \
    X(setsockopt, none)                                                                                                          \
    X(getsockopt, none)                                                                                                          \
    X(getsockname, none)                                                                                                         \
    X(getpeername, none)                                                                                                         \
    X(getaddrinfo, none)                                                                                                         \
    X(recv, reading)                                                                                                             \
    X(recvfrom, reading)                                                                                                         \
    X(recvmsg, reading)                                                                                                          \
    X(read, reading)                                                                                                             \
    X(readv, reading)                                                                                                            \
    X(send, writing)                                                                                                             \
    X(sendto, writing)                                                                                                           \
    X(sendmsg, writing)                                                                                                          \
    X(write, writing)                                                                                                            \
    X(writev, writing)                                                                                                           \
    X(sendfile, writing)                                                                                                         \
    X(splice, writing)                                                                                                           \
    X(poll, waiting)                                                                                                             \
    X(ppoll, waiting)                                                                                                            \
    X(select, waiting)                                                                                                           \
    X(pselect, waiting)                                                                                                          \
    X(epoll_create1, opening)                                                                                                    \
    X(epoll_ctl, none)                                                                                                           \
    X(epoll_wait, waiting)                                                                                                       \
    X(epoll_pwait, waiting)                                                                                                      \
    X(epoll_pwait2, waiting)                                                                                                     \
    X(pipe, opening)                                                                                                             \
    X(pipe2, opening)                                                                                                            \
    X(eventfd, opening)                                                                                                          \
    X(signalfd, opening)                                                                                                         \
    X(timerfd_create, opening)                                                                                                   \
    X(timerfd_settime, none)                                                                                                     \
    X(nanosleep, sleeping)                                                                                                       \
    X(pthread_create, none)                                                                                                      \
    X(fork, none)                                                                                                                \
    X(exit, none)                                                                                                                \
    X(_exit, none)                                                                                                               \
    X(quick_exit, none)                                                                                                          \
    X(wait_for_the_test, none)                                                                                                   \
    X(note, none)

enum class Call : std::uint8_t {
#define LAB_ENUM(name, family) name,
    LAB_CALLS(LAB_ENUM)
#undef LAB_ENUM
};

constexpr const char* name_of(Call call)
{
    constexpr const char* names[] = {
#define LAB_NAME(name, family) #name,
        LAB_CALLS(LAB_NAME)
#undef LAB_NAME
    };
    return names[static_cast<std::size_t>(call)];
}

constexpr Family family_of(Call call)
{
    constexpr Family families[] = {
#define LAB_FAMILY(name, family) Family::family,
        LAB_CALLS(LAB_FAMILY)
#undef LAB_FAMILY
    };
    return families[static_cast<std::size_t>(call)];
}

constexpr const char* name_of(Family family)
{
    constexpr const char* names[] = {"none",    "reading", "writing", "accepting", "connecting",
                                     "waiting", "opening", "closing", "sleeping"};
    return names[static_cast<std::size_t>(family)];
}

// Calls that do not come back.
constexpr bool is_leaving(Call call) { return call == Call::exit || call == Call::_exit || call == Call::quick_exit; }

} // namespace lab
