#include "08_close/close.h"

#include "lab/lab.h"

using namespace lab;

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
                const kata::CloseResult result = kata::graceful_close(kata::UniqueFd{you.fd()}, 30'000);
                expects(result == kata::CloseResult::clean, "clean: ann has ended her stream, and nothing was reset",
                        result == kata::CloseResult::peer_reset ? "peer_reset" : "timed_out");
            });
            expects_closed(you.fd(), "when the function is over");
        });
        ann.expects_end();
        ann.closes();
        you.finishes();
    });
}
