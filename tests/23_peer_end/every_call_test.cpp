#include "looking.h"

using namespace looking;

TEST(Robust, LooksOnWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "a look that fails says so, and has taken nothing: the next one sees what there is.",
                     .why = "A poll() that fails for want of memory knows nothing about the peer.",
                     .read = "man 2 poll, ENOMEM",
                     .ask = "Q72, Q74"}};
        Peer ann = you.wire("ann");
        ann.sends("hello");
        ann.finishes_writing();
        you.run([&] {
            std::string end;
            told_then_done([&] { end = probe(you.fd()); });
            expects(end == "fin_with_data", "probe_peer() says fin_with_data", end);
            expects_rest("\"hello\", then the end", you.fd());
        });
        you.finishes();
    });
}

TEST(Robust, HangsUpWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "an abort that cannot reset says so; and the socket is closed all the same.",
                     .why = "Without SO_LINGER close() sends FIN, and the peer takes half an answer for a whole one.",
                     .read = "man 2 setsockopt; man 2 close, \"Dealing with error returns from close()\"",
                     .ask = "Q43, Q71, Q72"}};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.run([&] {
            const bool done = told_or_done([&] { kata::abort_connection(kata::UniqueFd{you.fd(0)}); });
            expects_closed(you.fd(0), "when the function is over");
            ::send(you.fd(1), done ? "done" : "told", 4, MSG_NOSIGNAL);
        });
        if (bob.receives(4) == "done")
            ann.expects_reset();
        you.finishes();
        closed_once(you);
    });
}
