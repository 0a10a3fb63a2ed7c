// One limit in all its spellings: each learner waits exactly 250 ms of its own time, and the machine does not wait at all.
#include "timed.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

using namespace lab;

namespace {

constexpr timeval as_timeval{0, 250'000};
char the_byte;

template <class Wait>
void with_epoll(int fd, Wait wait)
{
    const int epoll = ::epoll_create1(0);
    epoll_event event{EPOLLIN, {}};
    EXPECT_EQ(0, ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
    wait(epoll, &event);
    ::close(epoll);
}

template <class Wait>
void with_timerfd(clockid_t clock, int flags, const itimerspec& when, Wait wait)
{
    const int timer = ::timerfd_create(clock, 0);
    EXPECT_EQ(0, ::timerfd_settime(timer, flags, &when, nullptr));
    wait(timer);
    std::uint64_t times = 0;
    EXPECT_EQ(ssize_t{sizeof times}, ::read(timer, &times, sizeof times));
    EXPECT_EQ(1u, times);
    ::close(timer);
}

void limits_socket(int fd, int option) { EXPECT_EQ(0, ::setsockopt(fd, SOL_SOCKET, option, &as_timeval, sizeof as_timeval)); }

sockaddr_in listens(int& fd, int backlog)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    fd = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::listen(fd, backlog));
    EXPECT_EQ(0, ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void knocks_at_a_full_queue()
{
    int listener = -1;
    const sockaddr_in address = listens(listener, 0);
    const int first = ::socket(AF_INET, SOCK_STREAM, 0), second = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::connect(first, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    limits_socket(second, SO_SNDTIMEO);
    fails_with(EINPROGRESS, ::connect(second, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    for (const int fd : {first, second, listener})
        ::close(fd);
}

void rings()
{
    struct sigaction action {};
    action.sa_handler = [](int) {}; // no SA_RESTART
    ::sigaction(SIGALRM, &action, nullptr);
}

const TimedLearner right[] = {
    {"Poll",
     [] {
         pollfd p{3, POLLIN, 0};
         EXPECT_EQ(0, ::poll(&p, 1, 250));
     }},
    {"Ppoll",
     [] {
         pollfd p{3, POLLIN, 0};
         EXPECT_EQ(0, ::ppoll(&p, 1, &as_timespec, nullptr));
     }},
    {"PollForWhatIsLeftRoundedUp",
     [] {
         const auto end = std::chrono::steady_clock::now() + 250ms;
         pollfd p{3, POLLIN, 0};
         for (auto left = 250ms; left > 0ms;
              left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()))
             ::poll(&p, 1, static_cast<int>(left.count()));
     }},
    {"Select",
     [] {
         fd_set set;
         FD_ZERO(&set);
         FD_SET(3, &set);
         timeval left = as_timeval;
         EXPECT_EQ(0, ::select(4, &set, nullptr, nullptr, &left));
         EXPECT_EQ(0, left.tv_sec + left.tv_usec);
         EXPECT_FALSE(FD_ISSET(3, &set));
     }},
    {"Pselect", [] { EXPECT_EQ(0, ::pselect(0, nullptr, nullptr, nullptr, &as_timespec, nullptr)); }},
    {"EpollWait", [] { with_epoll(3, [](int epoll, epoll_event* e) { EXPECT_EQ(0, ::epoll_wait(epoll, e, 1, 250)); }); }},
    {"EpollPwait2",
     [] { with_epoll(3, [](int epoll, epoll_event* e) { EXPECT_EQ(0, ::epoll_pwait2(epoll, e, 1, &as_timespec, nullptr)); }); }},
    {"Nanosleep", [] { EXPECT_EQ(0, ::nanosleep(&as_timespec, nullptr)); }},
    {"Usleep", [] { EXPECT_EQ(0, ::usleep(250'000)); }},
    {"SleepFor", [] { std::this_thread::sleep_for(250ms); }},
    {"SleepUntil", [] { std::this_thread::sleep_until(std::chrono::system_clock::now() + 250ms); }},
    {"AnAbsoluteEnd",
     [] {
         const timespec end = moment(CLOCK_MONOTONIC);
         EXPECT_EQ(0, ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nullptr));
     }},
    {"AnAbsoluteEndOfTheWallClock",
     [] {
         const timespec end = moment(CLOCK_REALTIME);
         EXPECT_EQ(0, ::clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &end, nullptr));
     }},
    {"AskingTheClock",
     [] {
         for (const auto end = std::chrono::steady_clock::now() + 250ms; std::chrono::steady_clock::now() < end;) {
         }
     }},
    {"TimerfdAndPoll",
     [] {
         with_timerfd(CLOCK_MONOTONIC, 0, {{0, 0}, as_timespec}, [](int timer) {
             pollfd p[]{{3, POLLIN, 0}, {timer, POLLIN, 0}};
             EXPECT_EQ(1, ::poll(p, 2, -1));
         });
     }},
    {"TimerfdAndEpoll",
     [] {
         with_timerfd(CLOCK_REALTIME, TFD_TIMER_ABSTIME, {{0, 0}, moment(CLOCK_REALTIME)}, [](int timer) {
             with_epoll(timer, [](int epoll, epoll_event* e) { EXPECT_EQ(1, ::epoll_wait(epoll, e, 1, -1)); });
         });
     }},
    {"TimerfdAndRead",
     [] {
         with_timerfd(CLOCK_MONOTONIC, 0, {{0, 0}, as_timespec}, [](int) {});
     }},
    {"RecvWithALimit", [] { limits_socket(3, SO_RCVTIMEO), fails_with(EAGAIN, ::recv(3, &the_byte, 1, 0)); }},
    {"ReadWithALimit", [] { limits_socket(3, SO_RCVTIMEO), fails_with(EAGAIN, ::read(3, &the_byte, 1)); }},
    {"WaitallWithALimit", [] { limits_socket(3, SO_RCVTIMEO), fails_with(EAGAIN, ::recv(3, &the_byte, 1, MSG_WAITALL)); }},
    {"AcceptWithALimit",
     [] {
         int listener = -1;
         listens(listener, 1);
         limits_socket(listener, SO_RCVTIMEO);
         fails_with(EAGAIN, ::accept(listener, nullptr, nullptr));
         ::close(listener);
     }},
    {"SendWithALimit",
     [] {
         const std::span<char> much = too_much();
         limits_socket(3, SO_SNDTIMEO);
         EXPECT_LT(::send(3, much.data(), much.size(), 0), static_cast<ssize_t>(much.size()));
     }},
    {"ConnectWithALimit", knocks_at_a_full_queue},
    {"Setitimer",
     [] {
         rings();
         const itimerval once{{0, 0}, as_timeval};
         EXPECT_EQ(0, ::setitimer(ITIMER_REAL, &once, nullptr));
         fails_with(EINTR, ::recv(3, &the_byte, 1, 0));
     }},
};

} // namespace

TEST_P(InTime, WaitsExactlySoLong)
{
    const TimedOutcome outcome = timed_outcome_of(GetParam().body);
    EXPECT_EQ("", outcome.verdict) << outcome.diagram;
    EXPECT_EQ("", outcome.failures);
    EXPECT_EQ(the_limit.count(), outcome.took.count()) << outcome.diagram;
}

INSTANTIATE_TEST_SUITE_P(Each, InTime, testing::ValuesIn(right), name_of_timed);
