// What a task may do, and what becomes of the others.
#include "looping.h"

using namespace looping;

TEST(Robust, LetsATaskThrow)
{
    Learner you{
        {.rule = "what a task throws comes out of run(). It has had its turn; the others come in the next run(), on any thread.",
         .why = "The loop took them out of the queue together. Where are those that had not begun when the exception came? In "
                "the loop, and not with the thread.",
         .read = "C++ standard, [except.ctor]",
         .ask = "Q72, Q76"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, story, "one");
        posts(loop, "one that throws", [&] {
            posts(loop, "three", [&] {
                story.tell("three");
                loop.stop();
            });
            throws("a task's own")();
        });
        posts(loop, story, "two");
        expects_run_to_throw(loop, "a task's own");
        story.is("one");
        std::jthread{[&] { runs(loop); }}.join();
        story.is("one, two, three");
    });
    you.finishes();
}

TEST(Robust, LetsATaskThrowAnything)
{
    Learner you{{.rule = "what a task throws need be no std::exception: it comes out of run(), and the others stay.",
                 .why = "C++ throws any type; those of other libraries have no base in common. Only catch (...) gets them all.",
                 .read = "C++ standard, [except.handle]",
                 .ask = "Q72"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, "one that throws 42", [] { throw 42; });
        posts(loop, "two", [&] {
            story.tell("two");
            loop.stop();
        });
        int came = 0;
        try {
            runs(loop);
        } catch (int thrown) {
            came = thrown;
        }
        expects(came == 42, "run() throws 42", std::to_string(came));
        runs(loop);
        story.is("two");
    });
    you.finishes();
}

TEST(Robust, LetsACallbackThrow)
{
    Learner you{{.rule = "what a callback throws comes out of run(), and neither a task nor a stop() is lost by it.",
                 .why = "A task that is in the queue, and a wake-up that is still to be read, stay where they are.",
                 .read = "C++ standard, [except.ctor]",
                 .ask = "Q72, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        const kata::UniqueFd ready = ready_one();
        posts(loop, story, "one"); // so the turn has both
        loop.reactor().add(ready.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) {
            posts(loop, story, "two");
            stops(loop);
            throws("a callback's own")();
        });
        expects_run_to_throw(loop, "a callback's own");
        runs(loop); // which the stop() ends
        posts(loop, "stop", [&] { loop.stop(); });
        runs(loop);
        story.is("one, two");
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

TEST(Robust, KeepsTheirOrderInATurnOfTheReactor)
{
    Learner you{
        {.rule = "between two run()s the loop's thread may give its reactor a turn: the tasks that are left stay the first.",
         .why = "The turn hears the wake-up, and no other comes: what it finds in the queue goes behind what is left, and "
                "not in its place.",
         .read = "C++ standard, [list.ops], splice",
         .ask = "Q76, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        posts(loop, "one that throws", throws("a task's own"));
        posts(loop, story, "two");
        expects_run_to_throw(loop, "a task's own");
        posts(loop, "three", [&] {
            story.tell("three");
            loop.stop();
        });
        calls("reactor().run_once(0)", [&] { return loop.reactor().run_once(0); });
        runs(loop);
        story.is("two, three");
    });
    you.finishes();
}

TEST(Robust, KeepsTheOrderOfItsOwnThread)
{
    Learner you{{.rule = "what the loop's thread posts before run() runs before what it posts in a callback or in a task.",
                 .why = "In run() its thread may go by the lock and the wake-up, for it is awake. But what it posted before may "
                        "still lie where the others put theirs.",
                 .read = "man 2 eventfd",
                 .ask = "Q76, Q87"}};
    you.run([] {
        Loop loop;
        Story story;
        const kata::UniqueFd ready = ready_one();
        loop.reactor().add(ready.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) { // ready before the wake-up is
            posts(loop, story, "two");
            posts(loop, "one that throws", throws("a task's own"));
            posts(loop, "three", [&] {
                story.tell("three");
                posts(loop, "five", [&] {
                    story.tell("five");
                    loop.stop();
                });
            });
        });
        posts(loop, story, "one");
        expects_run_to_throw(loop, "a task's own");
        story.is("one, two");
        posts(loop, story, "four");
        runs(loop);
        story.is("one, two, three, four, five");
    });
    you.finishes();
}

TEST(Robust, LosesNeitherOfTwoThatThrow)
{
    Learner you{{.rule = "a callback throws, and a task of the same turn, too: both come out, each of a run() of its own.",
                 .why = "Who finishes the turn first, and lets out then what it caught, loses it when the next one throws.",
                 .read = "C++ standard, [except.throw]",
                 .ask = "Q72, Q76"}};
    you.run([] {
        Loop loop;
        Story story;
        const kata::UniqueFd ready = ready_one();
        posts(loop, "one that throws", throws("a task's own"));
        loop.reactor().add(ready.get(), EPOLLIN | EPOLLET, [&](std::uint32_t) { throws("a callback's own")(); });
        for (int i = 0; i < 2; ++i) // which of them is the first is the loop's business
            try {
                runs(loop);
                story.tell("it returned");
            } catch (const std::runtime_error& e) {
                story.tell(e.what());
            }
        story.is_one_of("a callback's own, a task's own", "a task's own, a callback's own");
    });
    you.finishes();
}
