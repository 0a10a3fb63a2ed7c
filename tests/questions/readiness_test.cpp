// Q68, Q70 and Q74: what select, poll and epoll report.
#include "states.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>

using namespace questions;

namespace {

// What 100 looks at a descriptor for POLLIN report, again and again; 0 when one reports nothing, or something else.
int reported_each_time(int fd)
{
    pollfd entry{fd, POLLIN, 0};
    const bool first = ::poll(&entry, 1, 4000) == 1;
    const int events = entry.revents;
    for (int look = 1; look < 100; ++look)
        if (::poll(&entry, 1, 0) != 1 || entry.revents != events)
            return 0;
    return first ? events : 0;
}

} // namespace

// "Only POLLIN matters" predicts that poll() sleeps until there is something to read. A loop that tests only POLLIN spins here.
// Convinced: with a byte in the pipe before its writer has gone POLLIN comes with it, and the proof is red.
TEST(Q68, ErrorsComeUnasked)
{
    Fd gone{::epoll_create1(EPOLL_CLOEXEC)};
    const int number = gone.get();
    gone.close();
    EXPECT_EQ(POLLNVAL, reported_each_time(number));

    const auto connects = [](const Fd& fd, const Fd& to) {
        const wiring::Name there = wiring::own_name(to.get());
        EXPECT_EQ(0, ::connect(fd.get(), there.get(), there.size));
    };
    const Fd taken{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)},
        udp{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)};
    connects(taken, taken); // for all others nobody is at its port
    connects(udp, taken);
    sends(udp, "?");
    EXPECT_EQ(POLLERR, reported_each_time(udp.get()));

    int ends[2];
    ASSERT_EQ(0, ::pipe2(ends, O_CLOEXEC));
    const Fd pipe{ends[0]};
    Fd{ends[1]}.close();
    EXPECT_EQ(POLLHUP, reported_each_time(pipe.get()));

    Pair ann = tcp_pair();
    EXPECT_TRUE(set_linger(ann.client, 0));
    ann.client.close(); // RST: here a reader finds out
    EXPECT_EQ(POLLIN | POLLERR | POLLHUP, reported_each_time(ann.server.get()));
    pollfd paused{-1 - ann.server.get(), POLLIN, 0};
    EXPECT_EQ(0, ::poll(&paused, 1, 0));
    observed(
        "asked for POLLIN, 100 looks each: a closed descriptor POLLNVAL, a UDP socket with an error POLLERR, a pipe without a "
        "writer POLLHUP, and no POLLIN; a negative fd: nothing");
}

// "poll uses a linked list, epoll shares memory by mmap, and FD_SETSIZE can be raised." Convinced: with a mapping of the file
// descriptor of a memfd the call succeeds, so the ENODEV is epoll's.
TEST(Q70, PollAndEpollGoPast1023)
{
    static_assert(FD_SETSIZE == 1024 && sizeof(fd_set) * 8 == 1024);
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    if (before.rlim_max < 1100)
        GTEST_SKIP() << "the hard limit of descriptors is " << before.rlim_max;
    const rlimit wide{1100, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &wide);
    const Pair ann = tcp_pair();
    const Fd high{::fcntl(ann.server.get(), F_DUPFD_CLOEXEC, 1030)}, loop{::epoll_create1(EPOLL_CLOEXEC)};
    sends(ann.client, "x");
    EXPECT_GE(high.get(), FD_SETSIZE);
    EXPECT_EQ(POLLIN, comes(high, POLLIN));
    epoll_event event{.events = EPOLLIN, .data = {}};
    EXPECT_EQ(0, ::epoll_ctl(loop.get(), EPOLL_CTL_ADD, high.get(), &event));
    EXPECT_EQ(1, ::epoll_wait(loop.get(), &event, 1, 0));
    EXPECT_EQ(MAP_FAILED, ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, loop.get(), 0));
    EXPECT_EQ("ENODEV", lab::errno_name(errno));
    const Fd file{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
    EXPECT_EQ(-1, ::epoll_ctl(loop.get(), EPOLL_CTL_ADD, file.get(), &event));
    EXPECT_EQ("EPERM", lab::errno_name(errno));
    ::setrlimit(RLIMIT_NOFILE, &before);
    observed("descriptor " + std::to_string(high.get()) + ": poll and epoll report it; an fd_set has " +
             std::to_string(FD_SETSIZE) + " bits; mmap() of the epoll descriptor: ENODEV; a regular file: EPERM");
}

// "POLLHUP says that the peer closed" predicts 0x10 in the first two lines.
// Convinced: with a reset in place of the FIN the first mask has POLLHUP and the proof is red.
TEST(Q74, AFinIsNotAHangUp)
{
    const Pair ann = tcp_pair();
    ::shutdown(ann.client.get(), SHUT_WR);
    const int half = comes(ann.server, POLLIN | POLLRDHUP), none = comes(ann.server, 0, 0);
    ::shutdown(ann.server.get(), SHUT_WR);
    const int both = comes(ann.server, POLLIN | POLLRDHUP);
    EXPECT_EQ(0x2001, half);
    EXPECT_EQ(0, none);
    EXPECT_EQ(0x2011, both);
    observed("the peer's FIN: 0x2001, and nothing with events = 0; both directions shut: 0x2011");
}
