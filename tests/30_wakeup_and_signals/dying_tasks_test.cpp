// The end of a task: when it is destroyed, and what it may do then.
#include "looping.h"

#include <memory>

using namespace looping;

TEST(Robust, DestroysATaskBeforeTheNext)
{
    Learner you{{.rule = "a task is destroyed before the next one runs, without a lock: its destructor may post.",
                 .why = "What a task owns, a connection perhaps, is closed when it is destroyed. Others wait for that.",
                 .read = "man 3 pthread_mutex_lock, DESCRIPTION",
                 .ask = "Q71, Q76"}};
    you.run([] {
        struct Owned {
            Loop& loop;
            Story& story;
            ~Owned()
            {
                story.tell("its end");
                loop.post([&loop = loop, &story = story] {
                    story.tell("three");
                    loop.stop();
                });
            }
        };
        Loop loop;
        Story story;
        loop.post([owned = std::shared_ptr<Owned>(new Owned{loop, story})] { owned->story.tell("one"); });
        posts(loop, story, "two");
        runs(loop);
        story.is("one, its end, two, three");
    });
    you.finishes();
}

TEST(Robust, DestroysATaskWhenItHasRun)
{
    Learner you{
        {.rule = "a task is destroyed when it has run, or thrown: also the last one.",
         .why = "It may own a connection, and with a task that waits in the loop for the next one, the client waits, too.",
         .read = "C++ standard, [class.dtor]",
         .ask = "Q71, Q72"}};
    you.run([] {
        Loop loop;
        auto first = std::make_shared<int>(0), second = std::make_shared<int>(0);
        const std::weak_ptr<int> stopper = first, thrower = second;
        loop.post([&loop, owned = std::move(first)] { loop.stop(); });
        runs(loop);
        expects(stopper.expired(), "the task that stopped the loop is destroyed when run() returns", "it lives");
        loop.post([owned = std::move(second)] { throws("a task's own")(); });
        expects_run_to_throw(loop, "a task's own");
        expects(thrower.expired(), "the task that threw is destroyed when that comes out of run()", "it lives");
    });
    you.finishes();
}

TEST(Robust, StopsWhileATaskDies)
{
    Learner you{{.rule = "a stop() in a task's destructor is one like any other: no task begins after it.",
                 .why = "A task that owns the last connection of a server that drains stops the loop when it is destroyed.",
                 .read = "C++ standard, [class.dtor]",
                 .ask = "Q71, Q89"}};
    you.run([] {
        struct Stops {
            Loop& loop;
            ~Stops() { loop.stop(); }
        };
        Loop loop;
        Story story;
        loop.post([&story, owned = std::shared_ptr<Stops>(new Stops{loop})] { story.tell("one"); });
        posts(loop, story, "two");
        runs(loop);
        story.is("one");
        posts(loop, "stop", [&] { loop.stop(); });
        runs(loop);
        story.is("one, two");
    });
    you.finishes();
}

TEST(Robust, DestroysWhatNeverRan)
{
    Learner you{
        {.rule = "tasks that have not run when the loop dies are destroyed, and do not run; nor what they post meanwhile.",
         .why = "What they refer to may be gone by then.",
         .read = "C++ standard, [class.dtor]",
         .ask = "Q72, Q76"}};
    you.run([] {
        struct Posts {
            Loop& loop;
            Loop::Task last;
            ~Posts() { loop.post(std::move(last)); }
        };
        Story story;
        std::weak_ptr<int> seen;
        {
            Loop loop;
            const auto owned = std::make_shared<int>(0);
            seen = owned;
            const auto posts_at_its_end = [&, owned](const char* name, int generations) {
                Loop::Task last = [&story, owned, name] { story.tell(name); };
                while (generations-- > 0) // and what it posts, posts another
                    last = [dies = std::shared_ptr<Posts>(new Posts{loop, std::move(last)})] {};
                return last;
            };
            posts(loop, "stop", [&] { loop.stop(); });
            loop.post([&story, owned] { story.tell("one that was left"); });
            loop.post(posts_at_its_end("one of one that was left", 6));
            runs(loop);
            loop.post([&story, owned] { story.tell("one that came late"); });
            loop.post(posts_at_its_end("one of one that came late", 1));
        }
        story.is("");
        expects(seen.expired(), "the tasks are destroyed with the loop", "one of them lives");
    });
    you.finishes();
}
