// What is not the peer's doing, and both families.
#include "11_tcp_client/script.h"

#include <sys/socket.h>
#include <unistd.h>

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
            std::string last; // what the last server heard behind its answer
            while (!you.is_done()) {
                Peer server = ann.accepts();
                const bool asked = server.receives(2) == "a\n";
                if (asked)
                    server.sends("A\n");
                const std::string rest = server.receives_all();
                last = asked ? rest : last;
            }
            you.finishes();
            expects(last == "1\n", "\"1\" is sent, or its error is told", "neither");
        });
    });
}

TEST(Robust, SaysWhyItCannotTalk)
{
    constexpr Lesson lesson{
        .rule = "std::system_error says why: what a call says about the descriptor, the address or the connection.",
        .why = "A caller's mistake is no end of an exchange: EBADF would come for ever. poll() passes over a "
               "negative descriptor, and waits for nothing. And a server that is not there, "
               "or that breaks the connection off, has not \"left\": ECONNREFUSED, ECONNRESET.",
        .read = "man 2 recv, ERRORS; man 2 connect, ERRORS",
        .ask = "Q25, Q42"};
    Learner you{lesson};
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
    if (HasFailure())
        return;
    Learner too{lesson};
    Host bob = too.host("bob");
    too.nth(Family::writing, 1).pauses();
    too.run([&] { expects_error(ECONNRESET, [&] { talk(bob); }); });
    Peer rude = bob.accepts();
    ASSERT_TRUE(too.paused()) << "you did not send a line";
    rude.resets(); // so it is send() that hears of it, and recv() gives 0 after that
    too.resume();
    too.finishes();
}

TEST(Robust, KnowsASilentPeerFromOneThatIsGone)
{
    constexpr Lesson lesson{
        .rule = "only your limit is timed_out, and only a reset is reset: a connection that the kernel gives up is an exception.",
        .why = "ETIMEDOUT: nobody acknowledged what was sent. Your limit is not over. EHOSTUNREACH: no way there. The peer did "
               "neither.",
        .read = "man 7 tcp, ERRORS; man 7 ip, ERRORS",
        .ask = "Q38, Q60"};
    for (const int error : {ETIMEDOUT, EHOSTUNREACH})
        for (const Family family : {Family::writing, Family::reading}) {
            Learner you{lesson};
            Peer ann = you.wire("ann");
            ann.sends("pong");
            you.nth(family, 1).fails(error);
            you.run([&] { expects_error(error, [&] { exchange(you.fd(), "ping"); }); });
            you.finishes();
            if (HasFailure())
                return;
        }
}

TEST(Robust, ServesAnyStreamSocket)
{
    Learner you{{.rule = "a stream socket need not be TCP, and its number may be 0.",
                 .why =
                     "A socket of the Unix domain is a stream, too. What tcp(7) offers fails there: EOPNOTSUPP. Who has closed "
                     "its standard input gets 0 for a descriptor.",
                 .read = "man 7 unix, DESCRIPTION; man 7 tcp, \"Socket options\"; man 2 socket, RETURN VALUE",
                 .ask = "Q8, Q28"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("pong, finished", exchange(you.fd(0), "ping"));
        ::dup2(you.fd(1), 0);
        EXPECT_EQ("pong, finished", exchange(0, "ping"));
        ::close(0);
    });
    for (Peer* peer : {&ann, &bob}) {
        peer->expects("ping");
        peer->expects_end();
        peer->sends("pong");
        peer->closes();
    }
    you.finishes();
}

TEST(Hostile, TellsAResetBehindAFullBuffer)
{
    constexpr Lesson lesson{
        .rule = "a reset behind the last bytes is \"reset\", however many bytes these are.",
        .why = "A reset is told once, to the call that meets it. Whoever looks for more behind a full buffer, and "
               "forgets what that look said, gets 0 from the next recv(), as at the end of a whole answer.",
        .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
        .ask = "Q38, Q42"};
    for (const std::size_t piece : {512u, 1024u, 4096u, 8192u, 16384u}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.nth(Family::reading, 1).pauses();
        you.run([&] { EXPECT_EQ(script::in_short(pattern(piece)) + ", reset", exchange(you.fd(), "ping")); });
        ann.sends(pattern(piece));
        ASSERT_TRUE(you.paused()) << "you did not read";
        ann.resets(); // now both are there
        you.resume();
        you.finishes();
        if (HasFailure())
            return;
    }
}
