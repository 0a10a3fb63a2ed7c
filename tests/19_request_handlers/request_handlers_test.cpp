#include "19_request_handlers/request_handlers.h"

#include "handlers.h"

using namespace handlers;

TEST(Works, RunsSetupHandleFinish)
{
    Learner you{{.rule = "a handler is made for one request: setup, handle, finish; then it dies, and its connection ends.",
                 .why = "finish() sends what was kept, so the connection must still be open then.",
                 .read = "man 2 close",
                 .ask = "Q109, Q110"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("made setup handle finish dies", story_of<Probe>(you.fd())); });
    ann.expects("an answer");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, FinishesAlsoWhenHandleThrows)
{
    Learner you{{.rule = "finish() also runs when handle() threw; each exception is reported; the connection ends as always.",
                 .why = "What setup() took must be given back, and what was written must leave: Python does it with finally.",
                 .read = "Python documentation, socketserver, Request Handler Objects",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("made setup handle finish dies; reported: handle ", story_of<Probe>(you.fd(0), "handle"));
        EXPECT_EQ("made setup handle finish dies; reported: handle finish ", story_of<Probe>(you.fd(1), "handle, finish"));
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects("an answer");
        peer->expects_end();
    }
    you.finishes();
}

TEST(Robust, FinishesNothingThatWasNotSetUp)
{
    Learner you{{.rule = "when setup() throws, neither handle() nor finish() runs; the connection ends as always.",
                 .why = "finish() gives back what setup() took. The server, not the handler, ends the connection.",
                 .read = "Python documentation, socketserver, Request Handler Objects",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("made setup dies; reported: setup ", story_of<Probe>(you.fd(0), "setup"));
        EXPECT_EQ("made ; reported: made ", story_of<Probe>(you.fd(1), "made"));
    });
    ann.expects_end();
    bob.expects_end();
    you.finishes();
}

TEST(Robust, RunsNothingWhereThereIsNoHandler)
{
    Learner you{{.rule = "whoever makes the handlers may make none for this client: nothing runs, and its connection ends.",
                 .why = "A null is no exception, so there is nothing to report; but it is nothing to call, either.",
                 .read = "the contract in request_handlers.h",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("", story_of(you.fd(0), [](const kata::Request&) { return std::unique_ptr<kata::BaseRequestHandler>{}; }));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ann.expects_end();
    bob.expects("good");
    you.finishes();
}

TEST(Robust, SurvivesWhateverIsThrown)
{
    Learner you{{.rule = "an exception of any type ends one request, and is reported as it was thrown.",
                 .why = "A handler is somebody else's code: it may throw what is no std::exception. One that gets through here "
                        "stops the server for everybody.",
                 .ask = "Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("42 ", reports_when_it([](auto&) { throw 42; }, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ann.expects_end();
    bob.expects("good");
    you.finishes();
}

TEST(Robust, EndsTheStreamWhereNothingRan)
{
    Learner you{{.rule = "SHUT_WR on every path, also where no handler was made, or making one threw.",
                 .why =
                     "A copy of the descriptor may be held by then: a child that make() started, for one. Only shutdown() ends "
                     "the stream for all who hold it.",
                 .read = "man 2 shutdown, DESCRIPTION; man 2 close",
                 .ask = "Q39, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        static kata::UniqueFd copy;
        const auto until_eve_says_so = [&] {
            char word = 0;
            static_cast<void>(::recv(you.fd(2), &word, 1, 0));
        };
        story_of(you.fd(0), [](const kata::Request& r) {
            copy.reset(::dup(r.socket));
            return std::unique_ptr<kata::BaseRequestHandler>{};
        });
        until_eve_says_so();
        story_of(you.fd(1), [](const kata::Request& r) -> std::unique_ptr<kata::BaseRequestHandler> {
            copy.reset(::dup(r.socket));
            throw Trouble{"made"};
        });
        until_eve_says_so();
        copy.reset();
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects_end();
        eve.sends(".");
    }
    you.finishes();
}

TEST(Robust, EndsTheStreamWhoeverElseHoldsIt)
{
    Learner you{{.rule = "SHUT_WR, then close: the client's stream ends, even if somebody holds a copy of the descriptor.",
                 .why = "FIN goes out with the last copy that is closed, and a child that a handler started may live on. "
                        "SHUT_WR ends your direction for all who hold it, and SHUT_RDWR also what they still read.",
                 .read = "man 2 shutdown, DESCRIPTION; man 2 close",
                 .ask = "Q39, Q110"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        static kata::UniqueFd copy;
        reports_when_it([](auto& self) { copy.reset(::dup(self.socket())); }, you.fd());
        expects_to_hear(copy.get(), "still here"); // SHUT_WR ends one direction
        linger waits{};
        socklen_t size = sizeof waits;
        ::getsockopt(copy.get(), SOL_SOCKET, SO_LINGER, &waits, &size);
        EXPECT_EQ(0, waits.l_onoff) << "SO_LINGER: close() of a blocking socket then waits for the client, or resets it";
        copy.reset();
    });
    ann.expects_end();
    ann.sends("still here");
    you.finishes();
}
