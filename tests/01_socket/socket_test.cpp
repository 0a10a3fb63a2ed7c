#include "owning.h"

#include <climits>
#include <fcntl.h>

using namespace owning;

namespace {

// What one owner does to its descriptor, seen by a copy of it.
void goes_on(int fd, const std::string& when, void (*ends)(int), int line = __builtin_LINE())
{
    const int copy = ::dup(fd), flags = ::fcntl(copy, F_GETFL);
    ends(fd);
    linger option{};
    socklen_t size = sizeof option;
    ::getsockopt(copy, SOL_SOCKET, SO_LINGER, &option, &size);
    const bool same = ::fcntl(copy, F_GETFL) == flags && option.l_onoff == 0;
    expects(same, "after " + when + " the copy has the flags and options that it had", "it has others", __FILE__, line);
    ::send(copy, "still here", 10, MSG_NOSIGNAL);
    ::close(copy);
}

} // namespace

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

TEST(Works, OpensTheSocketThatWasAskedFor)
{
    Learner you{{.rule = "socket(family, type, 0) creates one end of a conversation; family and type are the caller's.",
                 .why = "The family says how addresses look, the type stream or datagrams: with flags or-ed in, not added. "
                        "Protocol 0 is the one that fits both.",
                 .read = "man 2 socket, DESCRIPTION",
                 .ask = "Q8"}};
    you.run([] {
        expects_socket(AF_INET, SOCK_STREAM, open_socket(AF_INET, SOCK_STREAM).get());
        expects_socket(AF_INET, SOCK_DGRAM, open_socket(AF_INET, SOCK_DGRAM).get());
        expects_socket(AF_UNIX, SOCK_STREAM, open_socket(AF_UNIX, SOCK_STREAM).get());
        expects_socket(AF_UNIX, SOCK_SEQPACKET, open_socket(AF_UNIX, SOCK_SEQPACKET).get());
        const UniqueFd busy = open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC); // it may be set already
        expects((::fcntl(busy.get(), F_GETFL) & O_NONBLOCK) != 0, "SOCK_STREAM | SOCK_NONBLOCK does not block", "it blocks");
        expects_closed_on_exec(busy.get());
    });
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
            UniqueFd c{std::move(b)}, d;
            expects_owns(c, 0, "after it was moved, and moved again");
            d.reset(c.release());
            expects_owns(d, 0, "after d.reset(c.release())");
        }
        expects_closed(0, "after its owner died");
        UniqueFd c = any_socket();
        c.reset();
        expects_closed(0, "after reset()");
        for (const int fd : {1023, 1024, INT_MAX}) { // select() knows 1024 of them, the kernel more
            UniqueFd high{fd};
            expects_owns(high, fd, "for UniqueFd{" + std::to_string(fd) + "}");
            high.release(); // there is no such descriptor
        }
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

TEST(Robust, OwningNothingIsNoSpecialCase)
{
    Learner you{{.rule = "an owner of nothing takes over a descriptor as any other does, and can be given away as any other.",
                 .why = "The old number and the new one are two questions: is there something to close, and what is owned now?",
                 .read = "man 2 close, DESCRIPTION",
                 .ask = "Q8, Q71"}};
    you.run([] {
        UniqueFd a, b;
        const int fd = any_socket().release();
        a.reset(fd);
        expects_owns(a, fd, "after reset(" + std::to_string(fd) + ") of an owner of nothing");
        a = std::move(b);
        expects_closed(fd, "after a = std::move(b), where a owned it and b owned nothing");
        expects_owns(a, -1, "for a, after a = std::move(b), where b owned nothing");
        const UniqueFd c{std::move(a)};
        expects_owns(c, -1, "for c{std::move(a)}, where a owned nothing");
        EXPECT_EQ(-1, a.release()); // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
    });
    you.finishes();
}

TEST(Robust, EndsTheDescriptorAndNotTheConnection)
{
    Learner you{{.rule = "an owner closes its descriptor; a copy of it (dup, fork) goes on.",
                 .why = "close() gives up one reference. shutdown() ends the connection for everybody who refers to it.",
                 .read = "man 2 close, DESCRIPTION; man 2 shutdown",
                 .ask = "Q8, Q9"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        goes_on(you.fd(0), "reset()", [](int fd) { UniqueFd{fd}.reset(); });
        goes_on(you.fd(1), "its owner's death", [](int fd) { const UniqueFd owner{fd}; });
        goes_on(you.fd(2), "its owner took another", [](int fd) { UniqueFd{fd} = UniqueFd{}; });
    });
    for (Peer* peer : {&ann, &bob, &eve}) {
        peer->expects("still here");
        peer->expects_end();
    }
    you.finishes();
}
