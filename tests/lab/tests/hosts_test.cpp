// Hosts that a learner connects to: what they script of the kernel's choices and timers.
#include "lab/lab.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace lab;

namespace {

struct Name {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    std::string bytes() const { return {reinterpret_cast<const char*>(&storage), size}; }
};

Name name_of(std::string_view ip, std::uint16_t port)
{
    Name name;
    name.storage.ss_family = ip == "::1" ? AF_INET6 : AF_INET;
    auto* in = reinterpret_cast<sockaddr_in*>(&name.storage);
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&name.storage);
    in->sin_port = htons(port);
    name.size = ip == "::1" ? sizeof *in6 : sizeof *in;
    if (ip == "::1")
        in6->sin6_addr = in6addr_loopback;
    else
        in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return name;
}

int reuses_address(int fd)
{
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &value, &size);
    return value;
}

} // namespace

TEST(Hosts, ALearnerMeetsItself)
{
    on_both_families([](std::string_view ip) {
        Learner you;
        Host self = you.refusing_host("self", ip);
        you.calls_from(ip, self);
        you.run([&, to = name_of(ip, self.port())]() mutable {
            const int fd = ::socket(to.storage.ss_family, SOCK_STREAM, 0);
            EXPECT_EQ(0, ::connect(fd, to.get(), to.size));
            Name own, peer;
            ::getsockname(fd, own.get(), &own.size);
            ::getpeername(fd, peer.get(), &peer.size);
            EXPECT_EQ(own.bytes(), peer.bytes());
            EXPECT_EQ(0, reuses_address(fd));
            ::close(fd);
        });
        you.finishes();
    });
}

TEST(Hosts, ALearnerCallsFromTheSamePort)
{
    Learner you;
    Host ann = you.host("ann");
    you.calls_from(private_loopback(), ann);
    you.run([to = name_of("127.0.0.1", ann.port())]() mutable {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, ::connect(fd, to.get(), to.size));
        Name own;
        ::getsockname(fd, own.get(), &own.size);
        EXPECT_EQ(reinterpret_cast<sockaddr_in*>(own.get())->sin_port, reinterpret_cast<sockaddr_in*>(to.get())->sin_port);
        EXPECT_NE(own.bytes(), to.bytes());
        expects_to_hear(fd, "hello");
        ::close(fd);
    });
    ann.accepts().sends("hello");
    you.finishes();
}

// It takes a second: the kernel's own timer sends the SYN again.
TEST(Hosts, RoomIsTakenByTheNextSyn)
{
    on_both_families([](std::string_view ip) {
        Learner you{{}, {.deadline = 5s, .own_time = 3min}};
        Host ann = you.silent_host("ann", ip);
        you.run([to = name_of(ip, ann.port())]() mutable {
            const int fd = ::socket(to.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
            EXPECT_EQ(-1, ::connect(fd, to.get(), to.size));
            pollfd attempt{fd, POLLOUT, 0};
            EXPECT_EQ(0, ::poll(&attempt, 1, 60'000));
            wait_for_the_test();
            EXPECT_EQ(1, ::poll(&attempt, 1, 60'000));
            ::close(fd);
        });
        ASSERT_TRUE(you.paused());
        EXPECT_EQ(60'000ms, you.took());
        you.resume();
        ann.makes_room();
        ann.accepts();
        you.finishes();
        EXPECT_LT(you.took(), 65'000ms);
    });
}

TEST(Hosts, ANameHasTheErrorThatTheTestSays)
{
    Learner you;
    you.cannot_resolve("nowhere.test", EAI_NONAME);
    you.cannot_resolve("broken.test", EAI_SYSTEM, EINTR);
    you.cannot_resolve("short.test", EAI_SYSTEM, EMFILE);
    EXPECT_THROW(you.cannot_resolve("why.test", EAI_SYSTEM), std::logic_error);
    EXPECT_THROW(you.cannot_resolve("both.test", EAI_NONAME, EINTR), std::logic_error);
    you.run([] {
        const auto ask = [](const char* name) {
            addrinfo* list = nullptr;
            return ::getaddrinfo(name, "80", nullptr, &list);
        };
        EXPECT_EQ(EAI_NONAME, ask("nowhere.test"));
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(EAI_SYSTEM, ask("broken.test"));
            EXPECT_EQ(EINTR, errno);
        }
        EXPECT_EQ(EAI_SYSTEM, ask("short.test"));
        EXPECT_EQ(EMFILE, errno);
    });
    you.finishes();
}

TEST(Faults, ATimerGivesItsNumberWhole)
{
    Learner you;
    you.every(Family::reading).moves_at_most(1);
    you.every(Family::reading).is_delayed(5ms);
    you.run([] {
        const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
        const itimerspec soon{{0, 0}, {0, 1'000'000}};
        ::timerfd_settime(timer, 0, &soon, nullptr);
        std::uint64_t rang = 0;
        EXPECT_EQ(8, ::read(timer, &rang, sizeof rang));
        EXPECT_EQ(1u, rang);
        ::close(timer);
    });
    you.finishes();
    EXPECT_EQ(1ms, you.took());
}
