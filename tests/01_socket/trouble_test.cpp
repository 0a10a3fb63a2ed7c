#include "owning.h"

#include <fcntl.h>

using namespace owning;

TEST(Robust, IsNotInheritedByAnotherProgram)
{
    Learner you{{.rule = "a socket is close-on-exec from its first moment.",
                 .why = "A program that you start keeps what it inherits: your close() ends no connection. A flag set later "
                        "is late: another thread may fork and exec in between.",
                 .read = "man 2 socket, SOCK_CLOEXEC; man 2 open, O_CLOEXEC",
                 .ask = "Q9"}};
    you.nth(Family::opening, 1).fails(EINVAL);
    you.run([] {
        expects_error(EINVAL, [] { open_socket(AF_INET, SOCK_STREAM); }); // no kernel is too old for SOCK_CLOEXEC
        expects_closed_on_exec(any_socket().get());
    });
    you.finishes();
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::socket || (call.args[1] & SOCK_CLOEXEC) != 0, "socket() itself is told SOCK_CLOEXEC",
                "a moment after socket() in which a program started by another thread inherits it");
}

TEST(Robust, OpensNothingButWhatWasAskedFor)
{
    Learner you{{.rule = "whatever the family and the type, with a flag or without: it is a new socket, on which nothing is set.",
                 .why =
                     "The flags stand in the type: (SOCK_DGRAM | SOCK_NONBLOCK) == SOCK_DGRAM is false. And an option that helps "
                     "one caller surprises the next, who did not ask for it.",
                 .read = "man 2 socket, SOCK_NONBLOCK; man 7 socket, \"Socket options\"",
                 .ask = "Q8"}};
    const bool has_ipv6 = has_ipv6_loopback();
    you.run([has_ipv6] {
        for (const int family : {AF_INET, AF_UNIX, AF_INET6})
            for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
                if (family == AF_INET6 && !has_ipv6)
                    return;
                expects_as_new(open_socket(family, type).get());
                const UniqueFd busy = open_socket(family, type | SOCK_NONBLOCK);
                expects_socket(family, type, busy.get());
                expects((::fcntl(busy.get(), F_GETFL) & O_NONBLOCK) != 0, "with SOCK_NONBLOCK it does not block", "it blocks");
            }
    });
    you.finishes();
}

TEST(Robust, SaysWhyThereIsNoSocket)
{
    Learner you{{.rule = "when socket() fails there is nothing to own: throw, and say why with its errno.",
                 .why = "The caller must tell \"no such family\" from \"too many open files\", and decides whether to try again; "
                        "-1 in an owner says neither.",
                 .read = "man 2 socket, RETURN VALUE and ERRORS",
                 .ask = "Q8"}};
    constexpr int refusals[] = {EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EAFNOSUPPORT};
    std::uint32_t opened = 1; // the one that the kernel itself refuses
    for (const int refusal : refusals)
        you.nth(Family::opening, ++opened).fails(refusal);
    you.run([&refusals] {
        expects_error(EAFNOSUPPORT, [] { open_socket(4711, SOCK_STREAM); });
        for (const int refusal : refusals) // the last one is a machine without IPv6
            expects_error(refusal, [] { open_socket(AF_INET6, SOCK_STREAM); });
        expects_socket(AF_INET, SOCK_STREAM, any_socket().get());
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
    expects_each_to_be_closed_once(you);
}

TEST(Robust, LeavesTheRestToWhoeverHasACopy)
{
    Learner you{{.rule = "an owner takes a descriptor as it is, and closes it; it does nothing else to it.",
                 .why = "What has come belongs to the socket, not to the number: who reads it before close() takes it from "
                        "whoever has a copy. And whether a program inherits a descriptor is for its opener to say.",
                 .read = "man 2 close, DESCRIPTION; man 2 dup; man 2 fcntl, F_SETFD",
                 .ask = "Q8, Q9"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), joe = you.wire("joe");
    for (Peer* peer : {&ann, &bob, &eve}) {
        peer->sends("for the copy");
        peer->finishes_writing();
    }
    you.run([&] {
        const int copies[] = {::dup(you.fd(0)), ::dup(you.fd(1)), ::dup(you.fd(2))};
        UniqueFd{you.fd(0)}.reset();
        UniqueFd{you.fd(1)} = UniqueFd{};
        {
            const UniqueFd owner{you.fd(2)};
        }
        for (const int copy : copies) {
            expects_to_hear(copy, "for the copy");
            ::close(copy);
        }
        UniqueFd{you.fd(3)}.release(); // the lab looks whether it is as it was
    });
    you.finishes();
}

TEST(Robust, OwnsTheRightOneWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: the errno of socket() is told; after close() the number is gone, and forgotten.",
        .why = "Who keeps the old number until close() says 0 owns a descriptor that the kernel has given to somebody else.",
        .read = "man 2 close, \"Dealing with error returns from close()\"",
        .ask = "Q71, Q73"};
    whichever_call_fails([&] {
        Learner you{lesson};
        you.run([] {
            told_then_done([] {
                UniqueFd a = any_socket(), b = any_socket(), c = any_socket();
                const int first = a.get(), second = b.get(), third = c.release();
                a = std::move(b);
                expects_closed(first, "after a = std::move(b), where a owned it");
                expects_owns(a, second, "for a, after a = std::move(b)");
                expects_owns(b, -1, "for b, after a = std::move(b)"); // NOLINT(bugprone-use-after-move)
                a.reset(third);
                expects_closed(second, "after reset(" + std::to_string(third) + ")");
                expects_owns(a, third, "after reset(" + std::to_string(third) + ")");
                a.reset();
                expects_closed(third, "after reset()");
                expects_owns(a, -1, "after reset()");
            });
        });
        you.finishes();
        expects_each_to_be_closed_once(you);
    });
}
