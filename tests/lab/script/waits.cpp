// The part of the learner with which a test waits for it.
#include "lab/script/learner.h"
#include "lab/tell/gtest_words.h"
#include "lab/watch/supervisor.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lab {

namespace {

// What a family of calls is for, as the end of "your code sleeps in a call".
const char* purpose_of(Family family)
{
    switch (family) {
    case Family::reading: return " that reads";
    case Family::writing: return " that sends";
    case Family::accepting: return " that accepts";
    case Family::connecting: return " that connects";
    case Family::waiting: return " that waits for readiness";
    default: return "";
    }
}

testing::AssertionResult came_to(bool did, const std::string& place, const Supervisor& run)
{
    if (did)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << expected_mark << "your code " << place << "\n"
                                       << came_mark << (run.verdict_text().empty() ? "it ended before that" : run.verdict_text());
}

} // namespace

testing::AssertionResult Learner::asleep_in(Family family)
{
    const bool sleeps = run_->await([&] {
        return any_call(run_->arena(), [&](const Event& e) { return family_of(e.call) == family && run_->is_asleep(e); });
    });
    return came_to(sleeps, std::string{"sleeps in a call"} + purpose_of(family), *run_);
}

testing::AssertionResult Learner::asleep_in(Call call)
{
    const bool sleeps = run_->await(
        [&] { return any_call(run_->arena(), [&](const Event& e) { return e.call == call && run_->is_asleep(e); }); });
    return came_to(sleeps, std::string{"sleeps in "} + name_of(call) + "()", *run_);
}

testing::AssertionResult Learner::paused()
{
    const bool stands = run_->await([&] {
        const bool waits = run_->arena().halts > run_->arena().released; // else it has been let go on, and has not noticed yet
        return any_call(run_->arena(), [waits](const Event& e) {
            return e.phase == Phase::paused && (waits || e.call != Call::wait_for_the_test);
        });
    });
    return came_to(stands, "comes to the point where the test lets it wait", *run_);
}

testing::AssertionResult Learner::interrupts(Family family)
{
    int sleeper = 0; // in a program of many threads, the kernel would pick one for a signal to the process
    run_->await([&] {
        return any_call(run_->arena(), [&](const Event& e) {
            const bool found = family_of(e.call) == family && run_->is_asleep(e);
            sleeper = found ? e.thread : sleeper;
            return found;
        });
    });
    if (sleeper != 0) {
        run_->note(run_->add_peer("the test"), "sends a signal");
        ::syscall(SYS_tgkill, run_->process(), sleeper, SIGUSR1);
    }
    return came_to(sleeper != 0, std::string{"sleeps in a call"} + purpose_of(family) + " when a signal comes", *run_);
}

} // namespace lab
