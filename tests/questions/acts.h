#pragma once

#include "observe.h"

#include "lab/words/describe.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>

// What the proofs do again and again.
namespace questions {

struct Pair {
    Fd client, server;
};

// A TCP connection; both ends block.
inline Pair tcp_pair(int client_receive = 0, int server_send = 0)
{
    const auto [client, server] = lab::wiring::tcp_pair(client_receive, 0, 0, server_send);
    lab::wiring::set_nonblocking(server, false);
    return {Fd{client}, Fd{server}};
}

inline Fd client_of(const Fd& listener)
{
    const lab::wiring::Name there = lab::wiring::own_name(listener.get());
    Fd client{::socket(there.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_EQ(0, ::connect(client.get(), there.get(), there.size));
    return client;
}

inline Fd accepted_from(const Fd& listener) { return Fd{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)}; }

// poll(2) on one descriptor. What it waits for must come; the limit only keeps a proof that is wrong from hanging.
inline short comes(const Fd& fd, int events, int limit_ms = 4000)
{
    pollfd entry{fd.get(), static_cast<short>(events), 0};
    return ::poll(&entry, 1, limit_ms) == 1 ? entry.revents : short{0};
}

inline ssize_t sends(const Fd& fd, std::string_view text) { return ::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL); }

// What one recv() of `most` bytes finds without waiting: the bytes, or the errno by name; "" at the end of the stream.
inline std::string finds(const Fd& fd, std::size_t most = 100)
{
    std::string bytes(most, '\0');
    const ssize_t n = ::recv(fd.get(), bytes.data(), most, MSG_DONTWAIT);
    if (n < 0)
        return lab::errno_name(errno);
    bytes.resize(static_cast<std::size_t>(n));
    return bytes;
}

// The same, and waits until there is something to find.
inline std::string gets(const Fd& fd, std::size_t most = 100)
{
    comes(fd, POLLIN);
    return finds(fd, most);
}

inline int option(const Fd& fd, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(fd.get(), level, name, &value, &size) == 0 ? value : -1;
}

inline bool set_option(const Fd& fd, int level, int name, int value)
{
    return ::setsockopt(fd.get(), level, name, &value, sizeof value) == 0;
}

inline tcp_info info_of(const Fd& fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(fd.get(), IPPROTO_TCP, TCP_INFO, &info, &size);
    return info;
}

inline int adds(const Fd& loop, const Fd& fd, std::uint32_t events)
{
    epoll_event event{.events = events, .data = {.fd = fd.get()}};
    return ::epoll_ctl(loop.get(), EPOLL_CTL_ADD, fd.get(), &event);
}

// Waits for what must become true, in turn with the other threads.
inline bool becomes(const std::function<bool()>& condition)
{
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{4};
    while (!condition())
        if (::sched_yield() != 0 || std::chrono::steady_clock::now() > limit)
            return false;
    return true;
}

// A thread of the proof that blocks in calls; joined at the end.
class Actor {
public:
    explicit Actor(std::function<void()> act)
        : thread_{[this, act = std::move(act)] {
              id_ = static_cast<int>(::syscall(SYS_gettid));
              act();
          }}
    {
    }
    ~Actor() { finish(); }
    void finish()
    {
        if (thread_.joinable())
            thread_.join();
    }
    void gets_signal(int signal) const { ::syscall(SYS_tgkill, ::getpid(), id_.load(), signal); }
    // Asleep inside this system call (SYS_recvfrom for recv), as proc(5) tells: /proc/[pid]/task/[tid]/syscall.
    bool is_asleep_in(long call) const
    {
        std::ifstream file{"/proc/self/task/" + std::to_string(id_) + "/syscall"};
        long number = -1;
        return file >> number && number == call;
    }
    bool falls_asleep_in(long call) const
    {
        return becomes([&] { return is_asleep_in(call); });
    }

private:
    std::atomic<int> id_{0};
    std::thread thread_;
};

} // namespace questions
