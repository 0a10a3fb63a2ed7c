// Whom it is connected to.
#include "attempts.h"

using namespace lab;

TEST(Hostile, ItselfIsNobody)
{
    constexpr Lesson lesson{
        .rule = "a socket that is connected to itself has reached nobody: ECONNREFUSED.",
        .why = "Nobody listens there, and the kernel chose that very port for your own end. Your SYN met your own socket; what "
               "you send, you read, and no server can take its port.",
        .read = "RFC 9293 section 3.5 (simultaneous open); man 2 getsockname; man 2 getpeername",
        .ask = "Q145"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        Host self = you.refusing_host("self", ip);
        you.calls_from(ip, self);
        you.run([&] { EXPECT_EQ("ECONNREFUSED", outcome(self, an_hour)); });
        you.finishes();
        expects_one_attempt(you);
    });
}

TEST(Hostile, ItselfIsNobodyWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "a look at the two ends that failed has not shown that they differ: tell its errno.",
                            .why = "Without their names you do not know to whom you are connected. Here it is yourself.",
                            .read = "man 2 getsockname, ENOBUFS; man 2 getpeername, ENOBUFS",
                            .ask = "Q72, Q145"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Host self = you.refusing_host("self");
        you.calls_from("127.0.0.1", self);
        you.run([&] {
            told_or_done([&] {
                const std::string came = refusal_of(self);
                expects(came == "ECONNREFUSED", "ECONNREFUSED, or the errno of the call that failed", came);
            });
        });
        you.finishes();
    });
}

TEST(Hostile, TheSamePortElsewhereIsSomebody)
{
    Learner you{{.rule = "you are connected to yourself only if both ends have the same port and the same address.",
                 .why = "Your own port is one of 65535, and so is the server's: on two machines they may well be equal.",
                 .read = "man 2 getsockname; man 2 getpeername",
                 .ask = "Q24, Q145"}};
    Host ann = you.host("ann");
    you.calls_from(private_loopback(), ann);
    you.run([&] { expects_to_hear(connect(ann, an_hour).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Hostile, ItselfByAnotherNameIsNobody)
{
    Learner you{{.rule = "compare both ends as the kernel names them, and not with the address that you were given.",
                 .why = "Linux takes 0.0.0.0 for this machine: you called 0.0.0.0, and both ends are 127.0.0.1.",
                 .read = "man 2 getpeername; man 7 ip, INADDR_ANY",
                 .ask = "Q16, Q145"}};
    Host self = you.refusing_host("self");
    you.calls_from("127.0.0.1", self);
    you.run([&] {
        const kata::Endpoint here = kata::parse_endpoint("0.0.0.0:" + std::to_string(self.port()));
        EXPECT_EQ("ECONNREFUSED", error_of([&] { kata::connect_with_timeout(here, an_hour); }));
    });
    you.finishes();
}
