#pragma once

// What the tests of this exercise do in the learner's process.
#include "24_out_of_descriptors/out_of_descriptors.h"

#include "02_address/address.h"
#include "lab/lab.h"

#include <chrono>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace door {

using namespace lab;

constexpr Limits few{.descriptors = 10};                     // the table is soon full
constexpr Limits strict{.descriptors = 10, .idle_calls = 0}; // who rounds a limit down spins for less than 1 ms: forgiven

using Client = std::optional<kata::Accepted>;

inline Client next(kata::Acceptor& acceptor, int limit_ms)
{
    return calls("next(" + std::to_string(limit_ms) + ")", [&] { return acceptor.next(limit_ms); });
}

inline void expects_shed(const kata::Acceptor& acceptor, std::size_t n, int line = __builtin_LINE())
{
    expects(acceptor.shed() == n, "shed() says " + std::to_string(n), std::to_string(acceptor.shed()), __FILE__, line);
}

// One more client, who is told so.
inline Client takes_one(kata::Acceptor& acceptor, int limit_ms = 1000, int line = __builtin_LINE())
{
    const std::size_t before = acceptor.shed();
    Client client = next(acceptor, limit_ms);
    expects(client.has_value(), "next() hands over a client", "nullopt", __FILE__, line);
    expects_shed(acceptor, before, line);
    if (client)
        ::send(client->fd.get(), "welcome", 7, MSG_NOSIGNAL);
    return client;
}

inline void sheds_one(kata::Acceptor& acceptor, int limit_ms = 200, int line = __builtin_LINE())
{
    const std::size_t before = acceptor.shed();
    const Client client = next(acceptor, limit_ms);
    expects(!client, "next() sheds a client: nullopt", "a client", __FILE__, line);
    expects_shed(acceptor, before + 1, line);
}

inline void takes_nobody(kata::Acceptor& acceptor, int limit_ms, int line = __builtin_LINE())
{
    const std::size_t before = acceptor.shed();
    const Client client = next(acceptor, limit_ms);
    expects(!client, "next() hands over nobody: nullopt", "a client", __FILE__, line);
    expects_shed(acceptor, before, line);
}

// All that are left. They lead nowhere.
inline std::vector<kata::UniqueFd> all_descriptors()
{
    std::vector<kata::UniqueFd> all;
    for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
        all.emplace_back(fd);
    return all;
}

// Behind the recorder's back, as all demands: the diagram shows the learner's calls only.
inline long asks(int fd, int command, long argument = 0) { return lab::kernel(SYS_fcntl, fd, command, argument); }

// Whatever is open behind the listener is the reserve, or the test's own.
inline void expects_no_heirs(int line = __builtin_LINE())
{
    for (int fd = 4; fd < few.descriptors; ++fd)
        if (asks(fd, F_GETFD) >= 0)
            expects_closed_on_exec(fd, __FILE__, line);
}

// Whether both lead to one open file: copies share its flags.
inline bool are_copies(int a, int b)
{
    const long flags_of_a = asks(a, F_GETFL), flags_of_b = asks(b, F_GETFL);
    asks(a, F_SETFL, flags_of_a ^ O_NONBLOCK);
    const bool both_changed = asks(b, F_GETFL) != flags_of_b;
    asks(a, F_SETFL, flags_of_a);
    return both_changed;
}

inline void expects_no_copies(int line = __builtin_LINE())
{
    for (int fd = 4; fd < few.descriptors; ++fd)
        for (int other = 0; other < 4; ++other)
            expects(asks(fd, F_GETFD) < 0 || asks(other, F_GETFD) < 0 || !are_copies(fd, other),
                    "a reserve that is an open file of its own", "a copy of descriptor " + std::to_string(other), __FILE__, line);
}

// While it lives, no descriptor can be opened, not even one that was just closed: as if another thread were always faster.
class NoDescriptorAtAll {
public:
    NoDescriptorAtAll()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit none{3, before_.rlim_max}; // 0 to 2 are taken
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    NoDescriptorAtAll(const NoDescriptorAtAll&) = delete;
    NoDescriptorAtAll& operator=(const NoDescriptorAtAll&) = delete;
    ~NoDescriptorAtAll() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

// On the learner's clock, which the lab scripts.
inline std::chrono::milliseconds time_of(const std::function<void()>& act)
{
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

inline void expects_took(const Learner& you, std::chrono::milliseconds limit, const char* call, int line = __builtin_LINE())
{
    expects(you.took() == limit, std::string{call} + " returns after " + std::to_string(limit.count()) + " ms",
            "it took " + std::to_string(you.took().count()) + " ms", __FILE__, line);
}

inline void expects_time(std::chrono::milliseconds limit, const std::function<void()>& act, int line = __builtin_LINE())
{
    const std::chrono::milliseconds took = time_of(act);
    expects(took == limit, "it returns after " + std::to_string(limit.count()) + " ms",
            "it took " + std::to_string(took.count()) + " ms", __FILE__, line);
}

} // namespace door
