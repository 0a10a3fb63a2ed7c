// Who is watched, for how long, and what the kernel refuses.
#include "turns.h"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
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
    Learner you{
        {.rule = "remove() forgets also whom the kernel does not find any more, and the next one with this number is new.",
         .why = "Where no copy is open, close() has ended the watch: EBADF. The entry in your own table is still there.",
         .read = "man 2 epoll_ctl, EBADF and ENOENT",
         .ask = "Q72, Q83"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        Belonging belonging;
        kata::UniqueFd fd = ready_one();
        const int number = fd.get();
        reactor.add(number, EPOLLIN, [&story, own = belonging.lends()](std::uint32_t events) { story.tell("the old", events); });
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
        reactor.add(number, EPOLLIN, story.of("the new"));
        expects_turn(reactor, story, "the new IN");
    });
    you.finishes();
}

TEST(Robust, WatchesOnlyOnce)
{
    Learner you{{.rule = "who is watched already cannot be added: EEXIST, and the first callback is called as before.",
                 .why = "Two parts of a program that think the same descriptor theirs are a mistake that must be seen.",
                 .read = "man 2 epoll_ctl, EEXIST",
                 .ask = "Q80, Q82"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        const kata::UniqueFd fd = ready_one();
        reactor.add(fd.get(), EPOLLIN, story.of("the first"));
        expects_error(EEXIST, [&] { reactor.add(fd.get(), EPOLLIN | EPOLLET, story.of("the second")); });
        expects_turn(reactor, story, "the first IN");
        expects_turn(reactor, story, "the first IN");
    });
    you.finishes();
}

TEST(Robust, TellsWhatCannotBeWatched)
{
    Learner you{{.rule = "what epoll refuses is thrown with its errno, and nothing stays of it.",
                 .why = "A file on a disk is always ready: EPERM. An entry that stays in your table is taken for the next one's.",
                 .read = "man 2 epoll_ctl, ERRORS",
                 .ask = "Q70"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        Belonging belonging;
        kata::UniqueFd fd{::open(std::filesystem::temp_directory_path().c_str(), O_RDONLY | O_CLOEXEC)};
        const int number = fd.get();
        expects_error(EPERM, [&] { reactor.add(number, EPOLLIN, [own = belonging.lends()](std::uint32_t) {}); });
        belonging.expects_dead("with what could not be watched");
        expects_error(ENOENT, [&] { reactor.modify(silent_one().get(), EPOLLIN); });
        fd.reset();
        expects_error(EBADF, [&] { reactor.add(number, EPOLLIN, story.of("nobody")); });
        fd = ready_one();
        EXPECT_EQ(number, fd.get());
        expects_error(ENOENT, [&] { reactor.modify(number, EPOLLIN); });
        reactor.add(number, EPOLLIN, story.of("the next"));
        expects_turn(reactor, story, "the next IN");
    });
    you.finishes();
}

TEST(Robust, KeepsWhatItHadWhenModifyFails)
{
    Learner you{{.rule = "modify() fails: the descriptor is watched as before, by the same callback.",
                 .why = "Who deletes the entry to add it anew has none left when the second step fails.",
                 .read = "man 2 epoll_ctl, EPOLLEXCLUSIVE and EINVAL",
                 .ask = "Q79"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        const kata::UniqueFd fd = ready_one();
        reactor.add(fd.get(), EPOLLIN, story.of("the one"));
        expects_error(EINVAL, [&] { reactor.modify(fd.get(), EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT); });
        expects_turn(reactor, story, "the one IN");
    });
    you.finishes();
}

TEST(Robust, TellsOfAResetUnasked)
{
    Learner you{{.rule = "EPOLLERR and EPOLLHUP come also where nobody asked for them, and the callback hears of them.",
                 .why = "Level-triggered, they are told until somebody closes. Who filters them out turns and turns.",
                 .read = "man 2 epoll_ctl, EPOLLERR and EPOLLHUP",
                 .ask = "Q74"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        reactor.add(you.fd(), 0, story.of("ann"));
        expects_turn(reactor, story, "ann ERR|HUP", -1);
        expects_turn(reactor, story, "ann ERR|HUP"); // and nobody has removed or closed it for her
    });
    you.settles();
    ann.resets();
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
        expects_turn(reactor, story, "ann IN", -1);
    });
    you.time_passes(300ms);
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
