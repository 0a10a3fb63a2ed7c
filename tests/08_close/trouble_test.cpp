#include "closing.h"

using namespace lab;

TEST(Robust, ClosesAlsoWhenItThrows)
{
    Learner you{{.rule = "what you own is closed on every path, and an error that you do not know is an exception.",
                 .why = "recv() failed. What is freed by hand at the end of the function is not freed on this path.",
                 .read = "man 2 recv, ERRORS",
                 .ask = "Q71, Q72"}};
    you.every(Family::reading).fails(ENOMEM);
    Peer ann = you.wire("ann");
    you.run([&] { expects_error(ENOMEM, [&] { closing(you.fd(), patient); }); });
    ann.sends("more");
    closes_once(you);
}

TEST(Robust, KnowsASilentPeerFromOneThatIsGone)
{
    Learner you{{.rule = "only your limit is timed_out, and only a reset is peer_reset: any other error is an exception.",
                 .why = "ETIMEDOUT: nobody acknowledged what the kernel sent, and it gave the connection up. Your limit is not "
                        "over.",
                 .read = "man 7 tcp, ERRORS",
                 .ask = "Q38, Q60"}};
    you.nth(Family::reading, 1).fails(ETIMEDOUT);
    Peer ann = you.wire("ann");
    you.run([&] { expects_error(ETIMEDOUT, [&] { closing(you.fd(), patient); }); });
    ann.sends("more");
    closes_once(you);
}

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is an exception, and the socket is closed. Only a reset is a result.",
        .why = "A shutdown() or a wait that fails for want of memory tells nothing about the peer.",
        .read = "man 2 shutdown; man 2 poll, ENOMEM; man 2 close, \"Dealing with error returns from close()\"",
        .ask = "Q38, Q71, Q72"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            told_or_done([&] {
                const std::string result = name_of(kata::graceful_close(kata::UniqueFd{you.fd()}, patient));
                expects(result == "clean", "clean: ann has ended her stream, and nothing was reset", result);
            });
            expects_closed(you.fd(), "when the function is over");
        });
        ann.expects_end();
        ann.closes();
        you.finishes();
    });
}
