// The calls that wait for readiness: a look, a wait with an end, and a wait that ann ends.
#include "recorded.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

const Scene speaks{.during = [](Learner&, Peer& ann) {
    ann.expects("?");
    ann.sends("x");
}};

template <class Wait> // int wait(int milliseconds), -1: for ever
void looks_waits_sleeps(Wait wait, int ready)
{
    EXPECT_EQ(0, wait(0));
    EXPECT_EQ(0, wait(1));
    EXPECT_EQ(1, ::send(3, "?", 1, 0));
    EXPECT_EQ(ready, wait(-1));
}

timespec* in(timespec& time, int milliseconds)
{
    time = {0, milliseconds * 1'000'000L};
    return milliseconds < 0 ? nullptr : &time;
}

int polls(int milliseconds)
{
    pollfd p{3, POLLIN | POLLRDHUP, 0};
    return ::poll(&p, 1, milliseconds);
}

int ppolls(int milliseconds)
{
    pollfd p[]{{3, POLLIN, 0}, {-1, 0, 0}};
    timespec time{};
    return ::ppoll(p, 2, in(time, milliseconds), nullptr);
}

int selects(int milliseconds)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(3, &set);
    timeval time{0, milliseconds * 1000};
    const int ready = ::select(4, &set, nullptr, nullptr, milliseconds < 0 ? nullptr : &time);
    EXPECT_EQ(ready == 1, FD_ISSET(3, &set));
    return ready;
}

int pselects(int milliseconds)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(3, &set);
    timespec time{};
    sigset_t none;
    ::sigemptyset(&none);
    return ::pselect(4, &set, nullptr, nullptr, in(time, milliseconds), &none);
}

template <class Wait> // int wait(int epoll, epoll_event*, int milliseconds)
void waits_with_epoll(Wait wait)
{
    const int epoll = ::epoll_create1(0);
    epoll_event event{EPOLLIN, {.fd = 3}};
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, 3, &event));
    looks_waits_sleeps([&](int milliseconds) { return wait(epoll, &event, milliseconds); }, 1);
    EXPECT_EQ(3, event.data.fd);
    EXPECT_EQ(0, ::close(epoll));
    EXPECT_EQ(-1, wait(99, &event, 0));
}

int epoll_pwaits2(int epoll, epoll_event* event, int milliseconds)
{
    timespec time{};
    return ::epoll_pwait2(epoll, event, 1, in(time, milliseconds), nullptr);
}

void changes_an_epoll_set()
{
    const int epoll = ::epoll_create1(0);
    epoll_event event{EPOLLIN, {}};
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, 3, &event));
    EXPECT_EQ(-1, ::epoll_ctl(epoll, EPOLL_CTL_ADD, 3, &event));
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_MOD, 3, &event));
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_DEL, 3, nullptr));
    EXPECT_EQ(0, ::close(epoll));
    EXPECT_EQ(-1, ::epoll_ctl(99, EPOLL_CTL_DEL, 3, nullptr));
}

void sleeps_a_little()
{
    const timespec time{0, 1'000'000};
    timespec left{};
    EXPECT_EQ(0, ::nanosleep(&time, &left));
    EXPECT_EQ(0, ::clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &left));
    EXPECT_EQ(0, ::usleep(2000));
    EXPECT_EQ(0U, ::sleep(0));
}

} // namespace

std::vector<RecordedCall> calls_that_wait()
{
    return {
        {Call::poll,
         "poll(3: IN|RDHUP, 0 ms)  0  nothing ready\n"
         "poll(3: IN|RDHUP, 1 ms)  zzz  it sleeps\n"
         "... poll(3)  0  nothing ready\n"
         "poll(3: IN|RDHUP, for ever)  zzz  it sleeps\n"
         "... poll(3)  1  IN\n",
         [] { looks_waits_sleeps(polls, 1); }, 1, 0, speaks},
        {Call::ppoll,
         "ppoll(3: IN, 0 ms)  0  nothing ready\n"
         "ppoll(3: IN, 1 ms)  zzz  it sleeps\n"
         "... ppoll(3)  0  nothing ready\n"
         "ppoll(3: IN, for ever)  zzz  it sleeps\n"
         "... ppoll(3)  1  3: IN\n",
         [] { looks_waits_sleeps(ppolls, 1); }, 1, 0, speaks},
        {Call::select,
         "select(3: IN, 0 ms)  0  nothing ready\n"
         "select(3: IN, 1 ms)  zzz  it sleeps\n"
         "... select()  0  nothing ready\n"
         "select(3: IN, for ever)  zzz  it sleeps\n"
         "... select()  1  3: IN\n",
         [] { looks_waits_sleeps(selects, 1); }, 1, 0, speaks},
        {Call::pselect,
         "pselect(3: IN, 0 ms)  0  nothing ready\n"
         "pselect(3: IN, 1 ms)  zzz  it sleeps\n"
         "... pselect()  0  nothing ready\n"
         "pselect(3: IN, for ever)  zzz  it sleeps\n"
         "... pselect()  1  3: IN\n",
         [] { looks_waits_sleeps(pselects, 1); }, 1, 0, speaks},
        {Call::epoll_create1,
         "epoll_create1()  4\n"
         "epoll_create1()  4\n"
         "epoll_create1()  -1  EINVAL\n",
         [] {
             EXPECT_EQ(0, ::close(::epoll_create1(EPOLL_CLOEXEC)));
             EXPECT_EQ(0, ::close(::epoll_create(1)));
             EXPECT_EQ(-1, ::epoll_create1(-1));
         },
         -1, EINVAL},
        {Call::epoll_ctl,
         "epoll_ctl(4, ADD 3: IN)  0\n"
         "epoll_ctl(4, ADD 3: IN)  -1  EEXIST\n"
         "epoll_ctl(4, MOD 3: IN)  0\n"
         "epoll_ctl(4, DEL 3)  0\n"
         "epoll_ctl(99, DEL 3)  -1  EBADF\n",
         changes_an_epoll_set, -1, EBADF},
        {Call::epoll_wait,
         "epoll_wait(4, 0 ms)  0  nothing ready\n"
         "epoll_wait(4, 1 ms)  zzz  it sleeps\n"
         "... epoll_wait(4)  0  nothing ready\n"
         "epoll_wait(4, for ever)  zzz  it sleeps\n"
         "... epoll_wait(4)  1  3: IN\n"
         "epoll_wait(99, 0 ms)  -1  EBADF\n",
         [] { waits_with_epoll([](int epoll, epoll_event* e, int ms) { return ::epoll_wait(epoll, e, 1, ms); }); }, -1, EBADF,
         speaks},
        {Call::epoll_pwait,
         "epoll_pwait(4, 0 ms)  0  nothing ready\n"
         "epoll_pwait(4, 1 ms)  zzz  it sleeps\n"
         "... epoll_pwait(4)  0  nothing ready\n"
         "epoll_pwait(4, for ever)  zzz  it sleeps\n"
         "... epoll_pwait(4)  1  3: IN\n"
         "epoll_pwait(99, 0 ms)  -1  EBADF\n",
         [] { waits_with_epoll([](int epoll, epoll_event* e, int ms) { return ::epoll_pwait(epoll, e, 1, ms, nullptr); }); }, -1,
         EBADF, speaks},
        {Call::epoll_pwait2,
         "epoll_pwait2(4, 0 ms)  0  nothing ready\n"
         "epoll_pwait2(4, 1 ms)  zzz  it sleeps\n"
         "... epoll_pwait2(4)  0  nothing ready\n"
         "epoll_pwait2(4, for ever)  zzz  it sleeps\n"
         "... epoll_pwait2(4)  1  3: IN\n"
         "epoll_pwait2(99, 0 ms)  -1  EBADF\n",
         [] { waits_with_epoll(epoll_pwaits2); }, -1, EBADF, speaks},
        {Call::nanosleep,
         "nanosleep(1 ms)  zzz  it sleeps\n"
         "... nanosleep()  0\n"
         "nanosleep(1 ms)  zzz  it sleeps\n"
         "... nanosleep()  0\n"
         "nanosleep(2 ms)  zzz  it sleeps\n"
         "... nanosleep()  0\n"
         "nanosleep(0 ms)  zzz  it sleeps\n"
         "... nanosleep()  0\n",
         sleeps_a_little},
    };
}

} // namespace lab
