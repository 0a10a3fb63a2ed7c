#include "serving.h"

using namespace serving;

TEST(Robust, ServesWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "whichever call fails: the constructor or start() tells it, or the client is served or let go.",
                     .why = "On a thread nobody catches what is thrown. A signal, a client who was gone, a shortage: they pass.",
                     .read = "man 2 accept, ERRORS; man 2 poll, ENOMEM; man 3 pthread_create, EAGAIN",
                     .ask = "Q20, Q21, Q72"}};
        you.run([] {
            std::optional<Server> server;
            told_then_done([&] {
                server.reset();
                server.emplace(
                    opens_listener(), [](int, const Endpoint&) {}, 2);
                server->start();
                wait_for_the_test();
            });
            stops(*server, 1000);
        });
        you.settles();
        ASSERT_TRUE(you.paused()); // it listens, at the second try perhaps
        you.connect("ann").expects_end();
        you.connect("bob").expects_end();
        you.finishes();
    });
}
