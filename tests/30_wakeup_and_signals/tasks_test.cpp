// What a task may do, and what becomes of the others.
#include "looping.h"

#include <memory>

using namespace looping;

TEST(Robust, LetsATaskThrow)
{
    Learner you{
        {.rule = "what a task throws comes out of run(). It has had its turn; the others come in the next run().",
         .why = "The loop took them out of the queue together. Where are those that had not begun when the exception came?",
         .read = "C++ standard, [except.ctor]",
         .ask = "Q72, Q76"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, story, "one");
        posts(loop, "one that throws", throws("a task's own"));
        posts(loop, story, "two");
        posts(loop, "stop", [&] { loop.stop(); });
        expects_run_to_throw(loop, "a task's own");
        story.is("one");
        runs(loop);
        story.is("one, two");
    });
    you.finishes();
}

TEST(Robust, LetsACallbackThrow)
{
    Learner you{{.rule = "what a callback throws comes out of run(), and no task is lost by it.",
                 .why = "A task that is in the queue, and a wake-up that is still to be read, stay where they are.",
                 .read = "C++ standard, [except.ctor]",
                 .ask = "Q72, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        const kata::UniqueFd ready = ready_one();
        loop.reactor().add(ready.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) {
            posts(loop, story, "one");
            throws("a callback's own")();
        });
        expects_run_to_throw(loop, "a callback's own");
        posts(loop, "stop", [&] { loop.stop(); });
        runs(loop);
        story.is("one");
    });
    you.finishes();
}

TEST(Robust, KeepsAStopBesideAnException)
{
    Learner you{{.rule = "a task stops the loop, and throws: the next run() returns at once, and runs nothing.",
                 .why = "Somebody has asked for the end, and the exception was not the answer to that.",
                 .read = "C++ standard, [except.ctor]",
                 .ask = "Q76, Q89"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, "one that stops and throws", [&] {
            loop.stop();
            throws("a task's own")();
        });
        posts(loop, story, "two");
        expects_run_to_throw(loop, "a task's own");
        runs(loop);
        story.is("");
        posts(loop, "stop", [&] { loop.stop(); });
        runs(loop);
        story.is("two");
    });
    you.finishes();
}

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

TEST(Robust, DestroysWhatNeverRan)
{
    Learner you{{.rule = "tasks that have not run when the loop dies are destroyed, and do not run.",
                 .why = "What they refer to may be gone by then.",
                 .read = "C++ standard, [class.dtor]",
                 .ask = "Q72, Q76"}};
    you.run([] {
        Story story;
        std::weak_ptr<int> seen;
        {
            Loop loop;
            const auto owned = std::make_shared<int>(0);
            seen = owned;
            posts(loop, "stop", [&] { loop.stop(); });
            loop.post([&story, owned] { story.tell("one that was left"); });
            runs(loop);
            loop.post([&story, owned] { story.tell("one that came late"); });
        }
        story.is("");
        expects(seen.expired(), "the tasks are destroyed with the loop", "one of them lives");
    });
    you.finishes();
}
