#include "owning.h"

#include <thread>

using namespace owning;

namespace {

// An owner gives its descriptor away and lives on. The number is closed and goes to bob's connection; then the owner dies.
void bob_survives(const Learner& you, const std::string& when, void (*gives_away)(UniqueFd&), int line = __builtin_LINE())
{
    int bobs = -1;
    {
        UniqueFd owner = any_socket();
        const int fd = owner.get();
        gives_away(owner);
        expects_closed(fd, when, __FILE__, line);
        bobs = ::dup(you.fd()); // the lowest free number
    }
    expects_open(bobs, "for bob, who got the number " + when + ", when its old owner dies", __FILE__, line);
    ::close(bobs);
}

// An owner of this thread dies while an error is on its way.
void keeps_errno(int error, int line = __builtin_LINE())
{
    {
        const UniqueFd owner = any_socket();
        errno = error;
    }
    const int now = errno;
    expects(now == error, "errno is " + errno_name(error) + ", as before the owner died", "errno is " + errno_name(now), __FILE__,
            line);
}

} // namespace

TEST(Robust, GivesAwayANumberThatTheOtherHas)
{
    Learner you{{.rule = "who is moved from owns nothing afterwards, also where both owners had the same number.",
                 .why = "A move to itself is known by the object, not by the number: else both keep it, and both close it.",
                 .read = "man 2 close, NOTES",
                 .ask = "Q71, Q73"}};
    you.run([] {
        UniqueFd a = any_socket(), b{a.get()};
        const int fd = a.get();
        a = std::move(b);
        expects_owns(b, -1, "for b, after a = std::move(b), where both owned it"); // NOLINT(bugprone-use-after-move)
        expects_owns(a, fd, "for a, after a = std::move(b), where both owned it");
        ::close(a.release());
    });
    you.finishes();
}

TEST(Robust, DiesInPeaceWhenItsNumberIsClosedAlready)
{
    Learner you{{.rule = "a close() that says EBADF has failed as any other: the owner dies in peace, and errno stays 0.",
                 .why = "Somebody else closed the number. That is a mistake, but not this owner's, and no reason to end the "
                        "program. 0 is a value of errno, too: who calls strtol() sets it, and looks whether it is still there.",
                 .read = "man 2 close, ERRORS: EBADF; man 3 errno; man 3 strtol, NOTES",
                 .ask = "Q71, Q73"}};
    you.run([] {
        {
            const UniqueFd owner = any_socket();
            ::close(owner.get());
            errno = 0;
        }
        const int now = errno;
        expects(now == 0, "errno is 0, as before the owner died", "errno is " + errno_name(now));
    });
    you.finishes();
}

TEST(Robust, DiesInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two owners may die at once, each in a thread of its own: each leaves the errno of its thread as it was.",
         .why = "The first close() is done, and its thread has not run on yet, when the second owner dies. Each thread has "
                "an errno of its own; one static place for what it was is there once for all of them.",
         .read = "man 3 errno, DESCRIPTION (\"thread-local\"); man 7 pthreads",
         .ask = "Q71, Q73"}};
    Peer ann = you.wire("ann");
    you.nth(Family::closing, 1).returns_late();
    you.run([&] {
        std::thread first{[] { keeps_errno(ECONNREFUSED); }};
        expects_to_hear(you.fd(), "now");
        keeps_errno(ENOENT);
        ::send(you.fd(), "done", 4, MSG_NOSIGNAL);
        first.join();
    });
    ann.sends("now"); // the first close() is held by now
    ann.expects("done");
    you.resume();
    you.finishes();
}

TEST(Hostile, NumbersAreReused)
{
    Learner you{{.rule = "a number that was given away belongs to somebody else: never close it a second time.",
                 .why = "The next socket gets the lowest free number. A second close() ends a stranger's connection.",
                 .read = "man 2 open, DESCRIPTION (\"lowest-numbered\"); man 2 close, NOTES",
                 .ask = "Q71, Q72"}};
    Peer bob = you.wire("bob");
    you.run([&] {
        bob_survives(you, "after b{std::move(a)}, and b's death", [](UniqueFd& a) { const UniqueFd b{std::move(a)}; });
        bob_survives(you, "after b = std::move(a), and b's death", [](UniqueFd& a) { UniqueFd{} = std::move(a); });
        bob_survives(you, "after reset()", [](UniqueFd& a) { a.reset(); });
        bob_survives(you, "after release()", [](UniqueFd& a) { ::close(a.release()); });
    });
    you.finishes();
}

TEST(Hostile, WhatIsOpenAfterCloseIsAStrangers)
{
    Learner you{{.rule = "a close() that was interrupted has closed: what has that number now is another's.",
                 .why = "bob's connection gets the number in the very moment in which you look whether it is still open. It is, "
                        "and the second close() ends his connection.",
                 .read = "man 2 close, \"Dealing with error returns from close()\"",
                 .ask = "Q72, Q73"}};
    Peer bob = you.wire("bob");
    you.nth(Family::closing, 1).fails(EINTR);
    you.nth(Call::fcntl, 1).pauses(); // who looks, looks after bob has come
    you.nth(Call::getsockopt, 1).pauses();
    you.run([&] {
        int bobs = -1;
        std::thread other{[&] {
            expects_to_hear(you.fd(), "now");
            bobs = ::dup(you.fd()); // the lowest free number
        }};
        any_socket(); // and dies
        other.join();
        expects_open(bobs, "for bob, who got the number when close() had said EINTR");
        ::close(bobs);
    });
    bob.sends("now");
    you.settles();
    you.resume();
    you.finishes();
}
