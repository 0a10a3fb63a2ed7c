// stop(), from where it is hard; and the counter that is full.
#include "looping.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/syscall.h>

using namespace looping;

namespace {

std::string kind_of_descriptor(int fd)
{
    char kind[64] = "";
    const ssize_t n = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), kind, sizeof kind);
    return {kind, n > 0 ? static_cast<std::size_t>(n) : 0};
}

std::uint64_t counter_of(int fd)
{
    std::ifstream info{"/proc/self/fdinfo/" + std::to_string(fd)};
    for (std::string word; info >> word;)
        if (word == "eventfd-count:" && info >> word)
            return std::stoull(word, nullptr, 16);
    return 0;
}

void fills_pipe(int fd)
{
    const std::string name = "/proc/self/fd/" + std::to_string(fd);
    const long end = lab::kernel(SYS_openat, AT_FDCWD, name.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    while (lab::kernel(SYS_write, end, ".", 1) == 1) {
    }
    lab::kernel(SYS_close, end);
}

Loop* the_loop = nullptr;

} // namespace

// Behind the recorder's back.
void looping::fills_what_wakes()
{
    constexpr std::uint64_t most = 0xfffffffffffffffe; // eventfd(2)
    for (int fd = 3; fd < 64; ++fd) {
        const std::string kind = kind_of_descriptor(fd);
        const std::uint64_t more = kind == "anon_inode:[eventfd]" ? most - counter_of(fd) : 0;
        if (more > 0)
            lab::kernel(SYS_write, fd, &more, sizeof more);
        else if (kind.starts_with("pipe:"))
            fills_pipe(fd);
    }
}

TEST(Robust, TakesAFullCounterForAWakeUp)
{
    Learner you{
        {.rule = "when the counter of the eventfd is full, post() neither waits nor fails; the next wake-up is a new one.",
         .why = "A counter of 0xfffffffffffffffe takes no more: EAGAIN, and an eventfd without EFD_NONBLOCK waits until "
                "somebody reads. But the loop is about to wake up as it is. Then it has to read, edge-triggered or not.",
         .read = "man 2 eventfd, DESCRIPTION, write(2)",
         .ask = "Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        fills_what_wakes();
        posts(loop, story, "one");
        runs_beside(loop, [&] {
            wait_for_the_test();
            story.is("one");
            posts(loop, story, "two");
            wait_for_the_test();
            story.is("one, two");
            stops(loop);
        });
    });
    for (int i = 0; i < 2; ++i)
        goes_on(you);
    you.finishes();
}

TEST(Robust, HearsAnEarlyStop)
{
    Learner you{{.rule = "a stop() before run(): the next run() returns at once, and runs no task; the one after it works.",
                 .why = "The thread that shall run the loop may not have come so far. If run() clears the request at its "
                        "beginning, it runs for ever.",
                 .read = "man 2 eventfd",
                 .ask = "Q87, Q89"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, story, "one");
        stops(loop);
        stops(loop);
        runs(loop);
        story.is("");
        posts(loop, "stop", [&] { stops(loop); });
        runs(loop);
        story.is("one");
    });
    you.finishes();
}

TEST(Robust, StopsBeforeItRings)
{
    Learner you{{.rule = "stop() says first that the loop shall end, and wakes it then.",
                 .why = "The other way round the loop may wake up, see that it shall go on, and sleep again before it is told.",
                 .read = "man 2 eventfd",
                 .ask = "Q87, Q89"}};
    Peer boss = you.wire("boss");
    you.nth(Family::writing, 1).returns_late();
    you.run([&] {
        Loop loop;
        runs_beside(loop, [&] {
            waits_for(you.fd());
            stops(loop);
        });
    });
    you.settles(); // the loop sleeps
    boss.sends(".");
    you.settles(); // it has heard what stop() wrote, and stop() stands behind that
    you.resume();
    you.finishes();
}

TEST(Robust, StopsFromACallback)
{
    Learner you{{.rule = "after a stop() in a callback no task begins, also none that was there by then.",
                 .why = "What stops a server is a descriptor, most often: a signalfd, a listener that broke.",
                 .read = "man 2 eventfd",
                 .ask = "Q87, Q89"}};
    you.run([] {
        Loop loop;
        Story story;
        const kata::UniqueFd ready = ready_one();
        loop.reactor().add(ready.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) {
            posts(loop, story, "one");
            stops(loop);
        });
        runs(loop);
        story.is("");
        posts(loop, "stop", [&] { stops(loop); });
        runs(loop);
        story.is("one");

        const kata::UniqueFd last = ready_one();
        bool stopped = false, late = false;
        posts(loop, "two", [&] { late = stopped; }); // in the turn of the callback, before or after it
        loop.reactor().add(last.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) {
            stops(loop);
            stopped = true;
        });
        runs(loop);
        expects(!late, "no task begins after the stop()", "one that came in the same turn did");
    });
    you.finishes();
}

TEST(Robust, StopsInASignalHandler)
{
    Learner you{{.rule = "stop() takes no lock: a signal handler may call it, whatever its thread was doing.",
                 .why = "The handler runs in the middle of post(), on the same thread, which has the lock. It would wait for "
                        "itself.",
                 .read = "man 7 signal-safety; man 3 pthread_mutex_lock",
                 .ask = "Q87, Q88"}};
    you.run([] {
        Loop loop;
        Story story;
        the_loop = &loop;
        struct sigaction stops_it {
        }, before{};
        stops_it.sa_handler = [](int) { the_loop->stop(); };
        ::sigaction(SIGUSR2, &stops_it, &before);
        for (int i = 0; i < 64; ++i) { // somewhere the queue needs more memory
            const AtAllocation gets_signal{[] { ::raise(SIGUSR2); }};
            loop.post([] {});
        }
        ::raise(SIGUSR2);
        ::sigaction(SIGUSR2, &before, nullptr);
        runs(loop);
        story.is("");
    });
    you.finishes();
}

TEST(Robust, LeavesErrnoAlone)
{
    Learner you{
        {.rule = "stop() leaves errno as it was, also when the counter is full.",
         .why = "A signal may come between a call and the look at its errno. What the handler does to errno is seen there.",
         .read = "man 7 signal-safety, NOTES",
         .ask = "Q88"}};
    you.run([] {
        Loop loop;
        fills_what_wakes();
        errno = EXDEV;
        loop.stop();
        const int after = errno;
        expects(after == EXDEV, "errno is EXDEV after stop(), as it was before", ::strerrorname_np(after));
        runs(loop);
    });
    you.finishes();
}
