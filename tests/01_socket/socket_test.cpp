#include "01_socket/socket.h"

#include "lab/lab.h"
#include "lab/words/describe.h"

#include <sys/socket.h>
#include <unistd.h>

using kata::open_socket;
using kata::UniqueFd;
using namespace lab;

namespace {

UniqueFd any_socket() { return open_socket(AF_INET, SOCK_STREAM); }

std::string owned(int fd, bool owns) { return "get() is " + std::to_string(fd) + " and bool is " + (owns ? "true" : "false"); }

void expects_owns(const UniqueFd& owner, int fd, const std::string& when, int line = __builtin_LINE())
{
    const std::string right = owned(fd, fd >= 0);
    const std::string came = owned(owner.get(), static_cast<bool>(owner)); // NOLINT(clang-analyzer-cplusplus.Move)
    expects(came == right, right + " " + when, came, __FILE__, line);
}

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

} // namespace

TEST(Works, OpensTheSocketThatWasAskedFor)
{
    Learner you{{.rule = "socket(family, type, 0) creates one end of a conversation; family and type are the caller's.",
                 .why = "The family says how addresses look, the type stream or datagrams. Protocol 0 is the one that fits both.",
                 .read = "man 2 socket, DESCRIPTION",
                 .ask = "Q8"}};
    you.run([] {
        expects_socket(AF_INET, SOCK_STREAM, open_socket(AF_INET, SOCK_STREAM).get());
        expects_socket(AF_INET, SOCK_DGRAM, open_socket(AF_INET, SOCK_DGRAM).get());
        expects_socket(AF_UNIX, SOCK_STREAM, open_socket(AF_UNIX, SOCK_STREAM).get());
    });
    you.finishes();
}

TEST(Works, ClosesWhenItDies)
{
    Learner you{{.rule = "an owner closes its descriptor when it dies, on every path out of the scope.",
                 .why = "The last close() sends the FIN. A process that ends closes the rest, too, but a server does not end.",
                 .read = "man 2 close, DESCRIPTION",
                 .ask = "Q8, Q9"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        {
            const UniqueFd owner{you.fd()}, nothing;
            expects_owns(owner, you.fd(), "for UniqueFd owner{3}");
            expects_owns(nothing, -1, "for an owner of nothing");
        }
        expects_closed(you.fd(), "after its owner died");
    });
    ann.expects_end();
    you.finishes();
}

TEST(Works, HandsOver)
{
    Learner you{{.rule = "after a move or release() the descriptor has one owner, the new one; the old one owns nothing.",
                 .why = "Two owners of one number are two closes: the second one fails, or hits whoever got the number since.",
                 .read = "man 2 close, ERRORS: EBADF",
                 .ask = "Q71, Q73"}};
    you.run([] { // NOLINTBEGIN(bugprone-use-after-move): what a move leaves behind is the point
        UniqueFd a = any_socket();
        const int fd = a.get();
        {
            UniqueFd b{std::move(a)}, c;
            expects_owns(a, -1, "for a, after b{std::move(a)}");
            expects_owns(b, fd, "for b, after b{std::move(a)}");
            c = std::move(b);
            expects_owns(b, -1, "for b, after c = std::move(b)");
            expects_owns(c, fd, "for c, after c = std::move(b)");
            EXPECT_EQ(fd, c.release());
            expects_owns(c, -1, "after release()");
            expects_open(fd, "after release()");
        }
        expects_open(fd, "after its former owners died");
        ::close(fd);
    }); // NOLINTEND(bugprone-use-after-move)
    you.finishes();
}

TEST(Works, ClosesTheOldOneWhenItTakesAnother)
{
    Learner you{{.rule = "an owner that takes another descriptor closes the one that it had, at once.",
                 .why = "Nobody else knows the old number. Left open it leaks, and its peer waits for an end that never comes.",
                 .read = "man 2 close, DESCRIPTION",
                 .ask = "Q8, Q71"}};
    you.run([] {
        UniqueFd a = any_socket(), b = any_socket();
        const int first = a.get(), second = b.get();
        a = std::move(b);
        expects_closed(first, "after a = std::move(b), where a owned it");
        expects_owns(a, second, "for a, after a = std::move(b)");
        expects_owns(b, -1, "for b, after a = std::move(b)"); // NOLINT(bugprone-use-after-move)
        const int third = any_socket().release();
        a.reset(third);
        expects_closed(second, "after reset(" + std::to_string(third) + ")");
        expects_owns(a, third, "after reset(" + std::to_string(third) + ")");
        a.reset();
        expects_closed(third, "after reset()");
        expects_owns(a, -1, "after reset()");
    });
    you.finishes();
}

TEST(Robust, ZeroIsADescriptorLikeAnyOther)
{
    Learner you{{.rule = "0 is a valid descriptor; only -1 means that there is none.",
                 .why = "Standard input is closed here, as in many services. socket() returns the lowest free number: 0.",
                 .read = "man 2 socket, RETURN VALUE; man 2 open, DESCRIPTION (\"lowest-numbered\")",
                 .ask = "Q9"}};
    you.run([] {
        ::close(0);
        {
            UniqueFd a = any_socket(), b;
            expects_owns(a, 0, "for the first socket after standard input was closed");
            b = std::move(a);
            expects_owns(b, 0, "after it was moved");
        }
        expects_closed(0, "after its owner died");
        UniqueFd c = any_socket();
        c.reset();
        expects_closed(0, "after reset()");
    });
    you.finishes();
}

TEST(Robust, TakingItselfChangesNothing)
{
    Learner you{{.rule = "an owner that is moved to itself, or reset to its own number, still owns an open descriptor.",
                 .why = "Closed first and kept afterwards, the number stands for nothing, and soon for a stranger's file.",
                 .read = "man 2 close, NOTES",
                 .ask = "Q71"}};
    you.run([] {
        UniqueFd a = any_socket();
        UniqueFd& same = a;
        const int fd = a.get();
        a = std::move(same);
        expects_open(fd, "after a = std::move(a)");
        expects_owns(a, fd, "after a = std::move(a)");
        a.reset(a.get());
        expects_open(fd, "after a.reset(a.get())");
    });
    you.finishes();
}

TEST(Robust, KeepsAFailedCloseToItself)
{
    Learner you{{.rule = "a close() that fails is not repeated and not thrown, and the destructor leaves errno as it was.",
                 .why = "Linux frees the number before close() can fail: a second one may hit another thread's file. And a "
                        "destructor runs between the call that failed and the code that reads errno.",
                 .read = "man 2 close, \"Dealing with error returns from close()\"; man 3 errno",
                 .ask = "Q73"}};
    you.nth(Family::closing, 1).fails(EIO);
    you.nth(Family::closing, 2).fails(EINTR);
    you.run([] {
        {
            const UniqueFd a = any_socket(), b = any_socket(), nothing;
            errno = ECONNREFUSED; // as if connect() had just failed
        }
        const int now = errno;
        expects(now == ECONNREFUSED, "errno is ECONNREFUSED, as before the owners died", "errno is " + errno_name(now));
    });
    you.finishes();
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::close || call.fd < 0 || call.error != EBADF, "one close() for each descriptor",
                "close(" + std::to_string(call.fd) + ") was called again");
}

TEST(Robust, SaysWhyThereIsNoSocket)
{
    Learner you{{.rule = "when socket() fails there is nothing to own: throw, and say why with its errno.",
                 .why = "The caller must tell \"no such family\" from \"too many open files\"; -1 in an owner says neither.",
                 .read = "man 2 socket, RETURN VALUE and ERRORS",
                 .ask = "Q8"}};
    you.nth(Family::opening, 2).fails(EMFILE);
    you.run([] {
        expects_error(EAFNOSUPPORT, [] { open_socket(4711, SOCK_STREAM); });
        expects_error(EMFILE, [] { open_socket(AF_INET, SOCK_STREAM); });
    });
    you.finishes();
}

TEST(Robust, IsNotInheritedByAnotherProgram)
{
    Learner you{{.rule = "a socket is close-on-exec from its first moment.",
                 .why = "A program that you start keeps what it inherits: your close() ends no connection. A flag set later "
                        "is late: another thread may fork and exec in between.",
                 .read = "man 2 socket, SOCK_CLOEXEC; man 2 open, O_CLOEXEC",
                 .ask = "Q9"}};
    you.run([] { expects_closed_on_exec(any_socket().get()); });
    you.finishes();
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::socket || (call.args[1] & SOCK_CLOEXEC) != 0, "socket() itself is told SOCK_CLOEXEC",
                "a moment after socket() in which a program started by another thread inherits it");
}

TEST(Robust, EndsTheDescriptorAndNotTheConnection)
{
    Learner you{{.rule = "an owner closes its descriptor; a copy of it (dup, fork) goes on.",
                 .why = "close() gives up one reference. shutdown() ends the connection for everybody who refers to it.",
                 .read = "man 2 close, DESCRIPTION; man 2 shutdown",
                 .ask = "Q8, Q9"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        const int copy = ::dup(you.fd());
        UniqueFd{you.fd()}.reset();
        ::send(copy, "still here", 10, MSG_NOSIGNAL);
        ::close(copy);
    });
    ann.expects("still here");
    ann.expects_end();
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
