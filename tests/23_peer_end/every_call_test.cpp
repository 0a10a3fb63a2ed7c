#include "looking.h"

#include <cstdint>
#include <future>

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

TEST(Robust, SaysSoWhenNoLookIsPossible)
{
    Learner you{{.rule = "only EINTR is worth another look: any other error is told, at once.",
                 .why = "ENOMEM lasts. Who looks again until it works is in a busy loop, and was to return at once.",
                 .read = "man 2 poll, ENOMEM and EINTR",
                 .ask = "Q60, Q72"}};
    Peer ann = you.wire("ann");
    you.every(Family::waiting).fails(ENOMEM);
    you.run([&] {
        std::string end;
        const std::string error = error_of([&] { end = probe(you.fd()); });
        expects(error == "ENOMEM" || end == "open", "ENOMEM, or open where no such call is made", error);
    });
    you.finishes();
}

TEST(Robust, KeepsTheThreadsApart)
{
    Learner you{{.rule = "two threads may look at once, each at a connection of its own.",
                 .why = "One has said where it looks, and stops before it does. What is static is there once: by then another "
                        "thread has put its own connection in, and this one is told about that.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"",
                 .ask = "Q74, Q76"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy");
    ann.resets();
    you.nth(Family::waiting, 1).pauses(); // ann's
    you.run([&] {
        std::future<std::string> first = std::async(std::launch::async, [&] { return probe(you.fd(0)); });
        expects_to_hear(you.fd(2), "go");
        expects_peer("open", you.fd(1));
        ::send(you.fd(2), "done", 4, MSG_NOSIGNAL);
        const std::string end = first.get();
        expects(end == "reset", "probe_peer() says reset to the first thread", end);
    });
    cy.sends("go"); // the first thread stands before its look, or is through
    cy.expects("done");
    you.resume();
    you.finishes();
}

TEST(Robust, HangsUpOrSaysThatItCannot)
{
    Learner you{{.rule = "an option that cannot be set is told, at once: it is not tried again until it works.",
                 .why = "It may never work. The caller wanted to be rid of this connection, and now is in your loop.",
                 .read = "man 2 setsockopt, ERRORS; man 7 socket, SO_LINGER",
                 .ask = "Q43, Q72"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    for (std::uint32_t n = 1; n <= 8; ++n)
        you.nth(Call::setsockopt, n).fails(ENOBUFS);
    you.run([&] {
        const std::string error = error_of([&] { kata::abort_connection(kata::UniqueFd{you.fd(0)}); });
        ::send(you.fd(1), error == "no error" ? "done" : "told", 4, MSG_NOSIGNAL);
        expects(error == "ENOBUFS" || error == "no error", "ENOBUFS, or a reset without an option", error);
    });
    if (bob.receives(4) == "done") {
        expects(you.count(Call::setsockopt) <= 8, "ENOBUFS, at once", "a ninth try");
        ann.expects_reset();
    }
    you.finishes();
    closed_once(you);
}
