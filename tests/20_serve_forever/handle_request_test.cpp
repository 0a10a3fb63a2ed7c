// One request: how long it is waited for, and what counts as one.
#include "handlers.h"

using namespace handlers;

namespace {

// Who rounds a limit down spins for less than one millisecond: that is forgiven.
constexpr Limits strict{.idle_calls = 0};

void expects_time(const Learner& you, std::chrono::milliseconds limit, int line = __builtin_LINE())
{
    const std::string call = "handle_request(" + std::to_string(limit.count()) + ")";
    expects(you.took() == limit, call + " returns after " + in_ms(limit), "it took " + in_ms(you.took()), __FILE__, line);
}

} // namespace

TEST(Works, HandlesOneRequest)
{
    Learner you{{.rule = "handle_request() serves one request, or tells that none came in time.",
                 .why = "accept() sleeps until somebody comes, however long. poll() has a time limit.",
                 .read = "man 2 poll; Python documentation, socketserver, BaseServer.handle_request",
                 .ask = "Q55, Q109"}};
    you.run([] {
        Local<Tcp> server;
        wait_for_the_test();
        expects_one(server, -1);
        wait_for_the_test();
        expects_one(server, 2000);
        expects_none(server, 10);
        expects_none(server, 0);
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    for (Peer* client : {&ann, &bob}) {
        client->sends("hello\n");
        client->finishes_writing();
    }
    you.resume();
    ann.expects("hello\n");
    bob.expects_silence();
    you.resume();
    bob.expects("hello\n");
    you.finishes();
}

TEST(Robust, WaitsAsLongAsItIsTold)
{
    Learner you{{.rule = "handle_request() waits for its time to the millisecond; 0 is a look, and -1 has no end.",
                 .why = "poll() takes milliseconds, and a negative number for ever. What is between them is yours to keep.",
                 .read = "man 2 poll, DESCRIPTION",
                 .ask = "Q55, Q109"},
                {.own_time = std::chrono::hours{3}, .idle_calls = 0}};
    you.run([] {
        Local<Tcp> server;
        for (const int limit : {0, 1, 3'600'000}) {
            const std::chrono::milliseconds took = time_of([&] { expects_none(server, limit); });
            expects(took.count() == limit, "handle_request(" + std::to_string(limit) + ") takes as many ms",
                    "it took " + in_ms(took));
        }
        wait_for_the_test();
        expects_one(server, -1);
    });
    ASSERT_TRUE(you.paused());
    you.resume();
    you.time_passes(1h);
    serves_another(you);
    you.finishes();
}

TEST(Robust, KeepsTheTimeThroughSignals)
{
    Learner you{{.rule = "a signal does not start the time limit again.",
                 .why = "poll() with the whole limit after each EINTR never ends where signals come often: give it what is left.",
                 .read = "man 2 poll, ERRORS; man 7 signal",
                 .ask = "Q58, Q88"},
                strict};
    you.run([] {
        Local<Tcp> server;
        expects_none(server, 1000);
    });
    you.time_passes(600ms);
    ASSERT_TRUE(you.interrupts(Family::waiting));
    you.finishes();
    expects_time(you, 1000ms);
}

TEST(Robust, WaitsOnAfterASignal)
{
    Learner you{{.rule = "a signal is nobody's request, and no reason to say that none came: wait for the rest of the time.",
                 .why = "poll() says -1 with EINTR. That is not the 0 that says that the time is over.",
                 .read = "man 2 poll, RETURN VALUE and ERRORS",
                 .ask = "Q58, Q88"}};
    you.nth(Family::waiting, 1).fails(EINTR);
    you.run([] {
        Local<Tcp> server;
        expects_one(server, -1);
    });
    serves_another(you);
    you.finishes();
}

// As many as a timer of the process sends in a quiet night, and a stack that has no frame for each.
TEST(Robust, WaitsOnAfterAnyNumberOfSignals)
{
    Learner you{{.rule = "however often signals end a wait, it goes on, and costs no memory.",
                 .why =
                     "A server may wait for days for its next client. Who waits on by calling itself has one more frame on the "
                     "stack for each signal, and dies when the stack is full.",
                 .read = "man 7 signal, \"Interruption of system calls\"; man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q58, Q88"},
                {.stack_kib = 1024, .idle_calls = 50'000}};
    you.first(Family::waiting, 12'000).fails(EINTR);
    you.run([] {
        Local<Tcp> server;
        expects_one(server, -1);
    });
    serves_another(you);
    you.finishes();
}

TEST(Robust, WaitsOnWhenSomebodyWasGone)
{
    struct Gone : Local<Tcp> {
        std::optional<kata::Incoming> get_request() override
        {
            Local<Tcp>::get_request();
            return std::nullopt;
        }
    };
    Learner you{{.rule = "when get_request() finds nobody, handle_request() waits for the rest of its time.",
                 .why =
                     "Somebody came and was gone again. The next one may come in the time that is left: neither is it over, nor "
                     "does it begin again. And the clock of the wall, which somebody may set, does not say how much that is.",
                 .read = "man 2 accept, NOTES; man 2 poll; man 2 clock_gettime, CLOCK_MONOTONIC",
                 .ask = "Q22, Q58"},
                strict};
    you.run([] {
        Gone server;
        expects_none(server, 1000);
    });
    you.time_passes(400ms);
    you.wall_clock_is_set(1h); // no time has passed
    Peer ann = you.connect("ann");
    ann.expects_end();
    you.finishes();
    expects_time(you, 1000ms);
}

TEST(Robust, CountsARejectedRequest)
{
    struct Closed : Local<Tcp> {
        bool verify_request(const kata::Request&) override { return false; }
    };
    Learner you{{.rule = "a request that verify_request() rejects has come, too: handle_request() says so.",
                 .why = "Who waits on waits for a second one, and handle_request() is for one.",
                 .read = "Python documentation, socketserver, BaseServer.handle_request",
                 .ask = "Q109"}};
    you.run([] {
        Closed server;
        expects_one(server, 1000);
    });
    Peer ann = you.connect("ann");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, TellsItsCallerOfAShortage)
{
    Learner you{{.rule = "what get_request() throws goes to the caller of handle_request(), EMFILE too.",
                 .why = "Only the caller knows whether to wait or to close something. The client waits in the queue meanwhile.",
                 .read = "man 2 accept, ERRORS",
                 .ask = "Q21"}};
    you.nth(Family::accepting, 1).fails(EMFILE);
    you.run([] {
        Local<Tcp> server;
        expects_error(EMFILE, [&] { server.handle_request(1000); });
        EXPECT_EQ("", the_story());
        expects_one(server, 1000);
    });
    serves_another(you);
    you.finishes();
}

TEST(Robust, TellsWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "a server that cannot be made, or cannot serve, throws the errno of the call that failed.",
                     .why = "And nothing is left open: the next try must find the machine as it was.",
                     .read = "man 2 poll, ERRORS; man 2 accept, ERRORS; man 2 getsockname, ERRORS",
                     .ask = "Q21, Q72"}};
        you.run([] {
            std::optional<Local<Tcp, Leaves>> server;
            told_then_done([&] { server.emplace(); });
            wait_for_the_test();
            told_then_done([&] { server->handle_request(-1); });
        });
        ASSERT_TRUE(you.paused());
        Peer ann = you.connect("ann");
        you.resume();
        ann.expects_end();
        you.finishes();
    });
}
