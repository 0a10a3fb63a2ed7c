// Who is watched, and for how long.
#include "turns.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace turns;

TEST(Robust, LeavesNoGhost)
{
    Learner you{{.rule = "after remove() a copy of the descriptor, which lives on, tells nobody and wakes nobody.",
                 .why =
                     "close() does not end the watch while a copy (dup, fork) holds the file open: EPOLL_CTL_DEL does. A ghost "
                     "cannot be deleted later: its number is closed.",
                 .read = "man 7 epoll, \"Questions and answers\", closing a descriptor",
                 .ask = "Q83"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        const kata::UniqueFd copy{::fcntl(you.fd(), F_DUPFD_CLOEXEC, 0)};
        calls("remove(3)", [&] { reactor.remove(you.fd()); });
        ::close(you.fd());
        wait_for_the_test();
        expects_time(100ms, [&] { expects_turn(reactor, story, "", 100); });
    });
    ann.sends("hello");
    ASSERT_TRUE(you.paused());
    you.resume();
    you.finishes();
}

TEST(Robust, ForgetsWhoWasClosedFirst)
{
    for (const bool copied : {false, true}) {
        Learner you{
            {.rule =
                 "remove() forgets also who was closed before, and the next one with this number is new: it hears only its own.",
             .why = "Without a copy close() has ended the watch: EBADF; the entry in your own table is still there. With one the "
                    "kernel goes on telling of the old one, by the number that it had.",
             .read = "man 2 epoll_ctl, EBADF and ENOENT; man 7 epoll, \"Questions and answers\", closing a descriptor",
             .ask = "Q72, Q83"}};
        you.run([&] {
            kata::Reactor reactor;
            Story story;
            Belonging belonging;
            kata::UniqueFd fd = ready_one();
            const int number = fd.get();
            reactor.add(number, EPOLLIN,
                        [&story, own = belonging.lends()](std::uint32_t events) { story.tell("the old", events); });
            const kata::UniqueFd copy{copied ? ::fcntl(number, F_DUPFD_CLOEXEC, 0) : -1};
            fd.reset();
            reactor.remove(number);
            reactor.remove(number); // not watched: nothing happens
            fd = ready_one();
            EXPECT_EQ(number, fd.get());
            expects_turn(reactor, story, "");
            belonging.expects_dead("when the next turn has begun");
            reactor.add(number, EPOLLIN, story.of("the new"));
            expects_turn(reactor, story, "the new IN");
        });
        you.finishes();
    }
}

TEST(Robust, TakesANumberThatNobodyRemoved)
{
    Learner you{{.rule = "a descriptor was closed without remove(). The next one with its number can be added, and is called.",
                 .why = "The kernel has ended the watch. Only a table of your own can still say that the number is taken.",
                 .read = "man 2 epoll_ctl, EEXIST",
                 .ask = "Q72, Q83"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        kata::UniqueFd fd = ready_one();
        const int number = fd.get();
        reactor.add(number, EPOLLIN, story.of("the old"));
        fd.reset();
        fd = ready_one();
        EXPECT_EQ(number, fd.get());
        expects_error(ENOENT, [&] { reactor.modify(number, EPOLLIN); });
        expects_turn(reactor, story, "");
        reactor.add(number, EPOLLIN, story.of("the new"));
        expects_turn(reactor, story, "the new IN");
    });
    you.finishes();
}

TEST(Robust, WatchesAnyNumber)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "descriptor 0 is watched, changed and removed as any other, and so is one above 1023.",
                 .why = "A service may have no standard input. And a reactor is for those who have thousands of descriptors.",
                 .read = "man 2 open, DESCRIPTION (\"lowest-numbered\"); man 2 select, BUGS",
                 .ask = "Q70, Q80"},
                {.descriptors = 2048}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        const kata::UniqueFd ready = ready_one();
        ::close(0);
        for (const int number : {0, 1100}) {
            const kata::UniqueFd fd{::fcntl(ready.get(), F_DUPFD_CLOEXEC, number)};
            EXPECT_EQ(number, fd.get());
            reactor.add(number, EPOLLIN, story.of("it"));
            expects_turn(reactor, story, "it IN");
            reactor.modify(number, EPOLLOUT);
            expects_turn(reactor, story, "it OUT");
            reactor.remove(number);
            expects_turn(reactor, story, "");
        }
    });
    you.finishes();
}

TEST(Robust, TellsOfAResetUnasked)
{
    Learner you{
        {.rule =
             "EPOLLERR and EPOLLHUP come also where nobody asked for them, and the callback hears of them. Nothing else does.",
         .why =
             "Level-triggered, they are told until somebody closes. Who filters them out turns and turns; and so does who adds "
             "EPOLLRDHUP for a caller who does not read now.",
         .read = "man 2 epoll_ctl, EPOLLERR, EPOLLHUP and EPOLLRDHUP",
         .ask = "Q74"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        calls("modify(3, 0)", [&] { reactor.modify(you.fd(), 0); });
        wait_for_the_test();
        expects_turn(reactor, story, "");
        wait_for_the_test();
        expects_turn(reactor, story, "ann ERR|HUP", -1);
        expects_turn(reactor, story, "ann ERR|HUP"); // and nobody has removed or closed it for her
    });
    ann.sends("last words");
    ann.finishes_writing();
    ASSERT_TRUE(you.paused());
    you.resume();
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    you.finishes();
}

TEST(Robust, ReturnsAtASignal)
{
    Learner you{{.rule = "a signal is neither an error nor an event: run_once() returns 0, early.",
                 .why = "Its handler may have set a flag, and the caller looks at it between two turns.",
                 .read = "man 2 epoll_wait, EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q88"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), EPOLLIN, story.of("ann"));
        expects_time(300ms, [&] { expects_turn(reactor, story, "", 1000); });
        expects_turn(reactor, story, "", -1);
        expects_turn(reactor, story, "ann IN", -1);
    });
    you.time_passes(300ms);
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(you.interrupts(Family::waiting));
    ann.sends("hello");
    you.finishes();
}

TEST(Robust, IsNotInherited)
{
    Learner you{{.rule = "a program that is started does not inherit the reactor's descriptor, not even in its first moment.",
                 .why = "In the child it would be a second handle on the same set of watched descriptors.",
                 .read = "man 2 epoll_create, EPOLL_CLOEXEC",
                 .ask = "Q9, Q83"}};
    you.run([&] {
        const int number = silent_one().get(); // the next free one
        const kata::Reactor reactor;
        expects_closed_on_exec(number);
    });
    you.finishes();
    EXPECT_EQ(0, you.count(Call::fcntl)) << "fcntl() comes too late, when another thread starts a program in between";
}
