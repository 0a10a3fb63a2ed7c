// The moments behind a lock: the loop's thread has taken what was there, or has looked, and stands still.
#include "looping.h"

#include "lab/script/at_unlock.h"

#include <optional>

using namespace looping;

TEST(Robust, KeepsATaskThatComesWhenItHasTaken)
{
    for (int nth = 1; nth <= 3; ++nth) {
        Learner you{{.rule = "a task that is posted when the loop has just given back its lock is not forgotten.",
                     .why =
                         "A mark that somebody has rung saves calls, but it goes down before the queue is looked at. Who takes "
                         "the tasks first, and lowers the mark then, has a gap between the two: whoever posts there sees "
                         "the mark, does not ring, and his task lies there until somebody else comes.",
                     .read = "man 2 eventfd; C++ standard, [thread.mutex]",
                     .ask = "Q76, Q87"}};
        Peer boss = you.wire("boss"), gate = you.wire("gate");
        you.run([&] {
            Loop loop;
            Story story;
            std::optional<AtUnlock> stands_still;
            posts(loop, "one", [&] { stands_still.emplace(nth, [&] { waits_for(you.fd(1)); }); });
            runs_beside(loop, [&] {
                for (const char* name : {"two", "three"}) {
                    waits_for(you.fd(0));
                    posts(loop, story, name);
                }
                waits_for(you.fd(0));
                story.is("two, three");
                stops(loop);
            });
        });
        for (int i = 0; i < 2; ++i) {
            you.settles(); // it sleeps; then it stands still
            boss.sends(".");
        }
        you.settles();
        gate.sends(".");
        you.settles();
        boss.sends(".");
        you.finishes();
    }
}
