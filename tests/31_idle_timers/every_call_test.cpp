#include "loop.h"

using namespace idle;

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{
            {.rule = "whichever call fails: it is told with its errno, or who is due is told all the same; nobody is lost.",
             .why = "An expire() that throws half-way must not have forgotten those whom it did not tell.",
             .read = "man 2 timerfd_create, ERRORS",
             .ask = "Q58"},
            hours};
        you.run([] {
            std::optional<kata::IdleTimers> timers;
            const Clock::time_point begin = Clock::now();
            told_then_done([&] { timers.emplace(idle_30s); });
            told_then_done([&] { timers->add(7, begin); });
            told_then_done([&] { timers->add(8, begin + 1s); });
            std::string all;
            for (const milliseconds at : {10'000ms, 30'000ms, 31'000ms}) {
                std::vector<int> due;
                told_then_done([&] { due = timers->expire(begin + at); });
                all += idle::in_words(due) + ". ";
            }
            expects(all == "nobody. 7. 8. ", "expire() says after 10, 30 and 31 s: nobody. 7. 8.", all);
            pollfd timer{timers->fd(), POLLIN, 0};
            expects(::poll(&timer, 1, 86'400'000) == 0, "with nobody left the timer is silent", "it can be read");
        });
        you.finishes();
    });
}

TEST(Robust, KeepsItsTimerToItself)
{
    Learner you{{.rule = "the timer is closed with its object, and no program that is started inherits it.",
                 .why = "Without TFD_CLOEXEC each program that the server starts has a timer that rings for nobody.",
                 .read = "man 2 timerfd_create, TFD_CLOEXEC",
                 .ask = "Q8, Q72"},
                hours};
    you.run([] {
        int fd = -1;
        {
            Loop loop{idle_30s};
            fd = loop.timers().fd();
            expects_open(fd, "while its object lives");
            expects_closed_on_exec(fd);
            loop.add(7);
        }
        expects_closed(fd, "after its object died");
    });
    you.finishes();
}
