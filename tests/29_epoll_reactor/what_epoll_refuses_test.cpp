// What the kernel refuses is told, and changes nothing.
#include "turns.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>

using namespace turns;

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
                 .why = "A file on a disk is always ready: EPERM. An entry that stays in your table is taken for the next one's. "
                        "And what a callback owns may do anything when it dies, also to errno.",
                 .read = "man 2 epoll_ctl, ERRORS",
                 .ask = "Q70"}};
    you.run([&] {
        kata::Reactor reactor;
        Story story;
        Belonging belonging;
        kata::UniqueFd fd{::open(std::filesystem::temp_directory_path().c_str(), O_RDONLY | O_CLOEXEC)};
        const int number = fd.get();
        const auto own = [&](const std::shared_ptr<int>& lent) { // with a call in its destructor that fails
            return std::shared_ptr<void>{nullptr, [lent](void*) { errno = EXDEV; }};
        };
        expects_error(EPERM, [&] { reactor.add(number, EPOLLIN, [own = own(belonging.lends())](std::uint32_t) {}); });
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
        reactor.remove(fd.get());
        reactor.add(fd.get(), EPOLLIN | EPOLLEXCLUSIVE, story.of("the exclusive one"));
        expects_error(EINVAL, [&] { reactor.modify(fd.get(), 0); });
        expects_turn(reactor, story, "the exclusive one IN");
    });
    you.finishes();
}
