// The part of the learner that scripts time.
#include "lab/script/learner.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cerrno>

namespace lab {

void Learner::time_passes(std::chrono::nanoseconds time) { run_->lets_pass(time.count()); }

void Learner::wall_clock_is_set(std::chrono::nanoseconds ahead)
{
    run_->settle();
    run_->note(run_->add_peer("the test"),
               "sets the wall clock " + time_text(std::chrono::abs(ahead).count()) + (ahead.count() < 0 ? " back" : " forward"));
    run_->sets_wall_clock(ahead.count());
}

std::chrono::milliseconds Learner::took() const
{
    const Clock& clock = run_->arena().clock;
    const std::int64_t end = clock.ended != 0 ? clock.ended : clock.now;
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds{end - clock.began});
}

int Learner::waits_in_vain() const
{
    const std::vector<CallRecord> all = calls();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](const CallRecord& call) {
        const Family family = family_of(call.call);
        const bool is_wait = family == Family::waiting || family == Family::sleeping;
        return call.slept && call.returned && (is_wait ? call.result == 0 : call.error == EAGAIN || call.error == EINPROGRESS);
    }));
}

} // namespace lab
