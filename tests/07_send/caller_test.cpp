// What belongs to the caller while send_all() waits: its signals, its time limit, its other threads, its numbers.
#include "sending.h"

#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <future>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

using namespace lab;

namespace {

constexpr timeval ten_ms{0, 10'000};

void limits_sending(int fd) { ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &ten_ms, sizeof ten_ms); }

void expects_the_limit(int fd, const char* when)
{
    timeval now{};
    socklen_t size = sizeof now;
    ::getsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &now, &size);
    const long came = now.tv_sec * 1'000'000 + now.tv_usec;
    expects(came >= 10'000 && came < 20'000, std::string{"SO_SNDTIMEO as the caller set it, "} + when,
            std::to_string(came) + " us in place of 10000");
}

int bell;

// A handler of the caller. It rings only if SIGPIPE still has its default action.
void rings(int)
{
    struct sigaction pipe {};
    ::sigaction(SIGPIPE, nullptr, &pipe);
    const char sound = pipe.sa_handler == SIG_DFL ? '!' : '?';
    lab::kernel(SYS_write, bell, &sound, 1);
}

} // namespace

TEST(Robust, LeavesSignalsToTheCaller)
{
    Learner you{
        {.rule = "while you wait, a signal does what the caller wants: its handler runs, and what it blocks stays blocked.",
         .why = "ppoll() sets a mask of its own for the time of the wait, and sigaction() speaks for all threads. A SIGPIPE that "
                "waits need not be yours: it may have waited before you came.",
         .read = "man 2 poll, ppoll(); man 2 sigpending; man 7 signal, \"Signal mask and pending signals\"",
         .ask = "Q31, Q88"}};
    Peer ann = you.wire("ann", nonblocking), bob = you.wire("bob");
    you.may_change("SIGUSR2");
    you.run([&] {
        bell = you.fd(1);
        struct sigaction action {};
        action.sa_handler = rings;
        ::sigaction(SIGUSR2, &action, nullptr);
        sigset_t kept{};
        ::sigemptyset(&kept);
        ::sigaddset(&kept, SIGTERM);
        ::sigaddset(&kept, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &kept, nullptr);
        ::raise(SIGPIPE); // the caller's: some other write() of its own
        sends_all(you.fd(0), bytes(pattern(much)));
        const timespec now{};
        for (const int signal : {SIGPIPE, SIGTERM}) // the lowest number comes first
            expects(::sigtimedwait(&kept, nullptr, &now) == signal, "the signals that the caller has blocked wait until it asks",
                    std::string{"SIG"} + ::sigabbrev_np(signal) + " waits no more");
        ::pthread_sigmask(SIG_UNBLOCK, &kept, nullptr);
    });
    you.gets_signal(SIGUSR2);
    bob.expects("!"); // and ann has not read a byte
    you.gets_signal(SIGTERM);
    ann.expects_size(much);
    you.finishes();
}

TEST(Robust, LeavesTheTimeLimitOfTheCaller)
{
    Learner you{
        {.rule = "SO_SNDTIMEO is no limit for you, and it stays as the caller set it: on every way out.",
         .why = "Who sets it to 0 for the time being changes every other send() on this socket, and for good after a throw.",
         .read = "man 7 socket, SO_SNDTIMEO",
         .ask = "Q29, Q31"}};
    Peer ann = you.wire("ann", blocking), bob = you.wire("bob", blocking);
    you.may_change("SO_SNDTIMEO"); // the test does
    you.run([&] {
        limits_sending(you.fd(0));
        limits_sending(you.fd(1));
        sends_all(you.fd(0), bytes(pattern(much)));
        expects_the_limit(you.fd(0), "after all went well");
        must_fail(you.fd(1), bytes(pattern(much)));
        expects_the_limit(you.fd(1), "after a throw");
    });
    ann.expects_size(much);
    bob.resets();
    you.finishes();
}

TEST(Robust, KeepsTheThreadsApart)
{
    Learner you{
        {.rule = "two threads may send at once, each to a peer of its own.",
         .why = "One waits for a slow peer. What is static is there once: another thread changes its bytes, or how far it has "
                "come. And a lock that it holds makes all others as slow.",
         .read = "man 7 pthreads, \"Thread-safe functions\"",
         .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann", nonblocking), bob = you.wire("bob", nonblocking), cy = you.wire("cy");
    const std::string for_bob(much, 'b');
    you.run([&] {
        std::future<void> slow = std::async(std::launch::async, [&] { sends_all(you.fd(0), bytes(pattern(much))); });
        expects_to_hear(you.fd(2), "go");
        sends_all(you.fd(1), bytes(for_bob));
        ::shutdown(you.fd(1), SHUT_WR);
        slow.get();
        ::shutdown(you.fd(0), SHUT_WR);
    });
    cy.sends("go"); // the first thread sleeps, at a full buffer
    you.settles();  // and so does the second
    bob.expects(for_bob);
    bob.expects_end();
    ann.expects_size(much);
    ann.expects_end();
    you.finishes();
}

TEST(Robust, TakesDescriptor0AndNumbersAbove1023)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "a descriptor may have any number: 0, or one above 1023.",
                 .why = "A program that has closed its standard input gets 0. An fd_set of select() ends at 1023.",
                 .read = "man 2 select, BUGS; man 2 poll; man 2 socket, RETURN VALUE",
                 .ask = "Q9, Q70"},
                {.descriptors = 2048}};
    Peer ann = you.wire("ann", nonblocking), bob = you.wire("bob", nonblocking);
    you.run([&] {
        ::dup2(you.fd(0), 0);
        sends_all(0, bytes(pattern(much)));
        ::close(0);
        const int high = ::fcntl(you.fd(1), F_DUPFD_CLOEXEC, 1500);
        sends_all(high, bytes(pattern(much)));
        ::close(high);
    });
    you.settles();
    ann.expects_size(much);
    you.settles();
    bob.expects_size(much);
    you.finishes();
}
