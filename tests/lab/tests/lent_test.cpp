// What is lent comes back as it was: who is caught, and who is left alone.
#include "outcome.h"

#include "lab/watch/supervisor.h"

#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

using namespace lab;

namespace {

void set_option(int fd, int level, int name, int value) { EXPECT_EQ(0, ::setsockopt(fd, level, name, &value, sizeof value)); }

void set_timeout(long milliseconds)
{
    const timeval time{milliseconds / 1000, milliseconds % 1000 * 1000};
    EXPECT_EQ(0, ::setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
}

void set_nonblocking(bool on)
{
    const int flags = ::fcntl(3, F_GETFL);
    ::fcntl(3, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

void block(int how)
{
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(how, &pipe, nullptr);
}

void throws_and_catches()
{
    try {
        throw std::runtime_error{"no"};
    } catch (const std::runtime_error&) {
    }
}

void on_signal(int) {}

const HostileLearner borrowers[] = {
    {"NonblockingAfterAThrow",
     [] {
         set_nonblocking(true);
         throws_and_catches();
     },
     "left O_NONBLOCK set on descriptor 3, after a throw"},
    {"AModeOfItsOwn", [] { ::fcntl(3, F_SETFL, O_RDWR); }, "left O_ASYNC cleared on descriptor 3"}, // Learner::hand_over()
    {"CloseOnExec", [] { ::fcntl(3, F_SETFD, FD_CLOEXEC); }, "left FD_CLOEXEC set on descriptor 3"},
    {"ReceiveTimeout", [] { set_timeout(200); }, "left SO_RCVTIMEO of descriptor 3 at 200 ms (it was 0 ms)"},
    {"Linger",
     [] {
         const linger abort{1, 0};
         ::setsockopt(3, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
     },
     "left SO_LINGER of descriptor 3 at {1, 0} (it was {0, 0})"},
    {"NoDelay", [] { set_option(3, IPPROTO_TCP, TCP_NODELAY, 1); }, "left TCP_NODELAY of descriptor 3 at 1 (it was 0)"},
    {"TypeOfService", [] { set_option(3, IPPROTO_IP, IP_TOS, 16); },
     "IP_TOS of descriptor 3 at 16 (it was 0)"}, // and with it SO_PRIORITY: ip(7)
    {"SigpipeIgnored",
     [] {
         ::signal(SIGPIPE, SIG_IGN);
         throws_and_catches();
     },
     "left SIGPIPE ignored, after a throw"},
    {"SigtermHandled", [] { ::signal(SIGTERM, on_signal); }, "left SIGTERM with another handler"},
    {"SigpipeBlocked", [] { block(SIG_BLOCK); }, "left SIGPIPE blocked"},
    {"Alarm", [] { ::alarm(600); }, "left a timer running: ITIMER_REAL"},
    {"Umask", [] { ::umask(0777); }, "left the umask at 0777"},
    {"Folder", [] { (void)!::chdir("/"); }, "left the process in another working directory"},
    {"TwoThings",
     [] {
         set_nonblocking(true);
         block(SIG_BLOCK);
     },
     "left O_NONBLOCK set on descriptor 3, and SIGPIPE blocked"},
};

// Green, and nothing to say.
void is_left_alone(const std::function<void()>& body, const Scene& scene = {})
{
    const Outcome outcome = outcome_of(body, scene);
    EXPECT_EQ("", outcome.verdict);
    EXPECT_EQ("", outcome.failures);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Borrowing, Hostile, testing::ValuesIn(borrowers), name_of_param);

TEST(Lent, MayBePutBack)
{
    is_left_alone([] {
        set_nonblocking(true);
        set_nonblocking(false);
        set_timeout(200);
        set_timeout(0);
        block(SIG_BLOCK);
        block(SIG_UNBLOCK);
        const auto before = ::signal(SIGPIPE, SIG_IGN);
        ::signal(SIGPIPE, before);
        ::alarm(600);
        ::alarm(0);
        ::umask(::umask(0));
    });
}

TEST(Lent, MayBeClosedByItsOwner)
{
    is_left_alone([] {
        set_nonblocking(true);
        ::close(3);
    });
}

TEST(Lent, IsNotWhatTheFunctionMadeItself)
{
    is_left_alone([] {
        ::close(3);
        const int own = ::socket(AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(3, own);
        set_option(own, SOL_SOCKET, SO_REUSEADDR, 1);
    });
}

TEST(Lent, MovesItsBuffersByItself)
{
    is_left_alone(
        [] {
            char bytes[65536];
            while (::recv(3, bytes, sizeof bytes, 0) > 0) {
            }
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(3, SOL_SOCKET, SO_ERROR, &error, &size);
            const std::string answer = pattern(300'000);
            EXPECT_EQ(static_cast<ssize_t>(answer.size()), ::send(3, answer.data(), answer.size(), MSG_NOSIGNAL));
        },
        {.during = [](Learner&, Peer& ann) {
            ann.sends(pattern(4'000'000));
            ann.finishes_writing();
            EXPECT_EQ(300'000u, ann.receives(300'000).size());
        }});
}

TEST(Lent, SeesABufferThatSomebodySet)
{
    constexpr int so_buf_lock = 72;
    int locks = 0;
    socklen_t size = sizeof locks;
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool told = ::getsockopt(probe, SOL_SOCKET, so_buf_lock, &locks, &size) == 0;
    ::close(probe);
    if (!told)
        GTEST_SKIP() << "this kernel does not say who set a buffer (SO_BUF_LOCK, Linux 5.14)";
    const Outcome outcome = outcome_of([] { set_option(3, SOL_SOCKET, SO_RCVBUF, 4096); });
    EXPECT_EQ("left SO_RCVBUF or SO_SNDBUF of descriptor 3 set", outcome.verdict);
}

TEST(Lent, MayChangeWhatTheTestAllows)
{
    const Scene scene{.before = [](Learner& you) {
        you.may_change("O_NONBLOCK");
        you.may_change("SIGPIPE");
    }};
    const auto changes = [] {
        set_nonblocking(true);
        ::signal(SIGPIPE, SIG_IGN);
    };
    is_left_alone(changes, scene);
    const Outcome other = outcome_of(
        [&] {
            changes();
            set_timeout(100);
        },
        scene);
    EXPECT_EQ("left SO_RCVTIMEO of descriptor 3 at 100 ms (it was 0 ms)", other.verdict);
}

TEST(Lent, IsComparedWithANewOneWhereTheFunctionMadeIt)
{
    const auto verdict_on = [](int type, int tries) {
        const auto body = [=] {
            const int own = ::socket(AF_INET, type, 0);
            if (tries != 0)
                set_option(own, IPPROTO_TCP, TCP_SYNCNT, tries);
            expects_as_new(own);
            ::close(own);
        };
        return outcome_of(body).verdict;
    };
    EXPECT_EQ("", verdict_on(SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ("left FD_CLOEXEC cleared on descriptor 4, and O_NONBLOCK set on descriptor 4",
              verdict_on(SOCK_STREAM | SOCK_NONBLOCK, 0));
    EXPECT_TRUE(verdict_on(SOCK_STREAM | SOCK_CLOEXEC, 2).starts_with("left TCP_SYNCNT of descriptor 4 at 2 (it was "));
}

TEST(Lent, CoversEveryDescriptorThatIsHandedOver)
{
    Learner you;
    Peer ann = you.wire("ann");
    UdpPeer bob = you.udp_wire("bob");
    const int listener = you.listener();
    you.may_change("O_NONBLOCK");
    you.run([&] {
        set_nonblocking(true);
        set_option(you.fd(1), SOL_SOCKET, SO_BROADCAST, 1);
        set_option(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
    });
    you.supervisor().await([] { return false; });
    EXPECT_EQ("left SO_BROADCAST of descriptor 4 at 1 (it was 0), and TCP_DEFER_ACCEPT of descriptor 5 at 1 (it was 0)",
              you.verdict());
    you.is_killed();
}
