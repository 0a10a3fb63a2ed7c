// What is not the peer's doing, and both families.
#include "11_tcp_client/script.h"

#include <sys/socket.h>

using namespace lab;
using script::converse, script::exchange;

TEST(Robust, TellsWhicheverCallOfAnExchangeFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, nothing leaks, and the socket is as it was.",
                            .why = "A reset or a FIN is the peer's doing, and a result. A machine without memory is neither.",
                            .read = "man 2 poll, ENOMEM; man 2 send, ENOBUFS; man 2 recv, ENOMEM",
                            .ask = "Q29, Q75"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            told_or_done([&] { EXPECT_EQ("pong, finished", exchange(you.fd(), "ping")); });
            ::shutdown(you.fd(), SHUT_WR); // where it failed before that
        });
        ann.receives_all();
        ann.sends("pong");
        ann.closes();
        you.finishes();
    });
}

TEST(Robust, TellsWhicheverCallOfAConversationFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, nothing leaks, and the next conversation works.",
                            .why = "What ends run_client() closes its socket, and close() may change errno. EINTR is no failure.",
                            .read = "man 2 socket, EMFILE; man 2 connect; man 2 send, ENOBUFS; man 3 errno, NOTES",
                            .ask = "Q29, Q75"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            Host ann = you.host("ann", ip);
            you.run([&] {
                std::string printed;
                told_then_done([&] {
                    std::istringstream in{"a\n1\n"};
                    std::ostringstream out;
                    kata::run_client(kata::parse_endpoint(ann.address()), in, out);
                    printed = out.str();
                });
                EXPECT_EQ("A\n", printed);
            });
            while (!you.is_done()) {
                Peer server = ann.accepts();
                if (server.receives(2) == "a\n")
                    server.sends("A\n");
                server.receives_all();
            }
            you.finishes();
        });
    });
}

TEST(Robust, SaysWhyItCannotTalk)
{
    Learner you{{.rule = "std::system_error says why: what a call says about the descriptor, the address or the connection.",
                 .why = "A caller's mistake is no end of an exchange: EBADF would come for ever. poll() passes over a "
                        "negative descriptor, and waits for nothing. And a server that is not there, "
                        "or that breaks the connection off, has not \"left\": ECONNREFUSED, ECONNRESET.",
                 .read = "man 2 recv, ERRORS; man 2 connect, ERRORS",
                 .ask = "Q25, Q42"}};
    Host shut = you.refusing_host("shut"), ann = you.host("ann");
    const auto talk = [](const Host& host) {
        std::istringstream in{"a\n"};
        std::ostringstream out;
        kata::run_client(kata::parse_endpoint(host.address()), in, out);
    };
    you.run([&] {
        expects_error(EBADF, [] { exchange(63, "ping"); }); // which is not open
        expects_error(EBADF, [] { exchange(-1, "ping", 30); });
        expects_error(ECONNREFUSED, [&] { talk(shut); });
        expects_error(ECONNRESET, [&] { talk(ann); });
    });
    Peer server = ann.accepts();
    server.expects("a\n");
    server.sends("half an ans");
    server.resets();
    you.finishes();
}
