#include "looping.h"

#include <fcntl.h>
#include <memory>
#include <sys/syscall.h>
#include <vector>

using namespace looping;

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, and the next try succeeds; or nobody notices.",
                            .why =
                                "A task that was taken from the queue when the exception came is lost. EAGAIN and EINTR are no "
                                "failures.",
                            .read = "man 2 eventfd, ERRORS; man 2 signalfd, ERRORS; man 2 epoll_ctl, ERRORS",
                            .ask = "Q72, Q87, Q88"};
    whichever_call_fails([&] {
        Learner you{lesson};
        you.may_change("SIGTERM");
        you.run([] {
            kata::UniqueFd signals;
            std::unique_ptr<Loop> loop;
            Story story;
            told_then_done([&] { loop = std::make_unique<Loop>(); });
            told_then_done([&] { signals = kata::make_signal_fd({SIGTERM}); });
            told_then_done([&] {
                kata::end_on_signals(*loop, signals.get(), [&] {
                    story.tell("drains");
                    stops(*loop);
                });
            });
            posts(*loop, story, "one");
            posts(*loop, "signal", [] { ::kill(::getpid(), SIGTERM); });
            told_then_done([&] { runs(*loop); });
            story.is("one, drains");
        });
        you.finishes();
    });
}

TEST(Robust, KeepsItsDescriptorsToItself)
{
    Learner you{{.rule = "the loop's descriptors are closed with it, and no program that is started inherits them.",
                 .why = "A copy of the eventfd in another program is one more reader of the same counter.",
                 .read = "man 2 eventfd, EFD_CLOEXEC",
                 .ask = "Q8, Q87"}};
    you.run([] {
        std::vector<int> own;
        {
            const Loop loop;
            for (int fd = 3; fd < 64; ++fd)
                if (lab::kernel(SYS_fcntl, fd, F_GETFD) >= 0) // nothing was lent
                    own.push_back(fd);
            for (const int fd : own)
                expects_closed_on_exec(fd);
        }
        for (const int fd : own)
            expects_closed(fd, "after the loop died");
    });
    you.finishes();
}
