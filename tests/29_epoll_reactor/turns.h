#pragma once

// What the tests of this exercise do in the learner's process: turns of a reactor, and a story of what its callbacks were told.
#include "01_socket/socket.h"
#include "29_epoll_reactor/echo_server.h"
#include "lab/lab.h"

#include <chrono>
#include <memory>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <vector>

namespace turns {

using namespace lab;

// In the order of epoll_ctl(2).
inline std::string in_words(std::uint32_t events)
{
    constexpr std::pair<std::uint32_t, const char*> bits[] = {{EPOLLIN, "IN"},   {EPOLLOUT, "OUT"}, {EPOLLRDHUP, "RDHUP"},
                                                              {EPOLLPRI, "PRI"}, {EPOLLERR, "ERR"}, {EPOLLHUP, "HUP"}};
    std::string words;
    for (const auto& [bit, word] : bits)
        if ((events & bit) != 0)
            words += (words.empty() ? "" : "|") + std::string{word};
    return words;
}

// Who was called, and with what: "ann IN, bob IN|RDHUP".
struct Story {
    std::string told{};

    void tell(const std::string& name, std::uint32_t events)
    {
        told += (told.empty() ? "" : ", ") + name + ' ' + in_words(events);
    }
    // A callback that tells, and does no more.
    kata::Reactor::Callback of(const std::string& name)
    {
        return [this, name](std::uint32_t events) { tell(name, events); };
    }
    // And one that reads what came: at most 64 bytes.
    kata::Reactor::Callback reads(const std::string& name, int fd)
    {
        return [this, name, fd](std::uint32_t events) {
            tell(name, events);
            char bytes[64];
            static_cast<void>(::recv(fd, bytes, sizeof bytes, MSG_DONTWAIT));
        };
    }
};

inline int turn(kata::Reactor& reactor, int limit_ms = 0)
{
    return calls("run_once(" + std::to_string(limit_ms) + ")", [&] { return reactor.run_once(limit_ms); });
}

inline void expects_count(int called, int came, int line = __builtin_LINE())
{
    expects(called == came, "run_once() returns " + std::to_string(called) + ": so many it called", std::to_string(came),
            __FILE__, line);
}

// A turn in which these are called, and no others.
inline void expects_turn(kata::Reactor& reactor, Story& story, const std::string& told, int limit_ms = 0,
                         int line = __builtin_LINE())
{
    story.told.clear();
    const int called = turn(reactor, limit_ms);
    expects(story.told == told, told.empty() ? "nobody is called" : "called are: " + told,
            story.told.empty() ? "nobody" : story.told, __FILE__, line);
    if (story.told == told)
        expects_count(told.empty() ? 0 : 1 + static_cast<int>(std::count(told.begin(), told.end(), ',')), called, line);
}

// Which of these is told first is the kernel's business.
inline void expects_turn_of_one(kata::Reactor& reactor, Story& story, const std::string& one, const std::string& other,
                                int line = __builtin_LINE())
{
    story.told.clear();
    const int called = turn(reactor);
    expects(story.told == one || story.told == other, "one is called: " + one + ", or " + other,
            story.told.empty() ? "nobody" : story.told, __FILE__, line);
    expects_count(1, called, line);
}

// Ready for as long as nobody reads it, without a peer.
inline kata::UniqueFd ready_one() { return kata::UniqueFd{::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC)}; }
inline kata::UniqueFd silent_one() { return kata::UniqueFd{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)}; }

// On the learner's clock, which the lab scripts.
inline void expects_time(std::chrono::milliseconds limit, const std::function<void()>& act, int line = __builtin_LINE())
{
    const auto begin = std::chrono::steady_clock::now();
    act();
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    expects(took == limit, "it returns after " + std::to_string(limit.count()) + " ms",
            "it took " + std::to_string(took.count()) + " ms", __FILE__, line);
}

// A callback's belonging: alive as long as the callback, or a copy of it, is.
struct Belonging {
    std::weak_ptr<int> seen{};
    std::shared_ptr<int> lends()
    {
        auto own = std::make_shared<int>(0);
        seen = own;
        return own;
    }
    void expects_alive(const std::string& when, int line = __builtin_LINE()) const
    {
        expects(!seen.expired(), "the callback lives " + when, "it was destroyed", __FILE__, line);
    }
    void expects_dead(const std::string& when, int line = __builtin_LINE()) const
    {
        expects(seen.expired(), "the callback is destroyed " + when, "it lives", __FILE__, line);
    }
};

} // namespace turns
