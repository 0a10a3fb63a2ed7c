// A server on the loop, whose answers are found on another thread, and what becomes of its clients at the end.
#include "line_server.h"
#include "looping.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <fcntl.h>
#include <utility>

using namespace looping;

namespace {

// The other thread: answers "slow" when the test says so, and all else at once.
class Clerk {
public:
    void works(const std::string& line, const kata::LineServer::Reply& reply)
    {
        if (line != "slow\n")
            return reply("quick\n");
        const std::lock_guard lock{mutex_};
        slow_ = reply;
    }
    void answers_when_told()
    {
        wait_for_the_test();
        const std::lock_guard lock{mutex_};
        if (slow_)
            slow_("slow, and done\n");
    }

private:
    std::mutex mutex_;
    kata::LineServer::Reply slow_{};
};

kata::UniqueFd opens_listener()
{
    kata::Bound bound = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
    ::fcntl(bound.fd.get(), F_SETFL, O_NONBLOCK);
    kata::listen_on(bound.fd.get());
    return std::move(bound.fd);
}

// Until the signals have ended it. Then it tells the boss.
void serves(int boss) noexcept
{
    const kata::UniqueFd signals = kata::make_signal_fd({SIGTERM, SIGINT});
    Loop loop;
    Clerk clerk;
    kata::LineServer server{loop, opens_listener(),
                            [&](const std::string& line, const auto& reply) { clerk.works(line, reply); }};
    kata::end_on_signals(loop, signals.get(), [&] { server.drain(); });
    const std::jthread other{[&] { clerk.answers_when_told(); }};
    runs(loop);
    ::send(boss, "the end", 7, MSG_NOSIGNAL);
}

void may_block_signals(Learner& you)
{
    you.may_change("SIGTERM");
    you.may_change("SIGINT");
}

} // namespace

TEST(Works, EndsAtOnceWhenNobodyIsServed)
{
    Learner you{{.rule = "SIGTERM ends a server at once when no request is in flight.",
                 .why = "What is drained is empty, and says so in the turn of the signal.",
                 .read = "man 2 signalfd",
                 .ask = "Q88, Q89"}};
    Peer boss = you.wire("boss");
    may_block_signals(you);
    you.run([&] { serves(you.fd()); });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    ann.sends("hello\n");
    ann.expects("quick\n");
    ann.expects_end();
    you.gets_signal(SIGTERM);
    bob.expects_end(); // he has not asked
    boss.expects("the end");
    you.finishes();
}

TEST(Hostile, AnswersWhoWasInFlight)
{
    Learner you{{.rule = "after SIGTERM nobody new gets in, and a request that is in flight gets its answer; then the loop ends.",
                 .why = "The answer comes from another thread, by post(), when the listener is closed already. Whoever ends the "
                        "loop before that cuts a client off who was promised an answer.",
                 .read = "man 2 signalfd; man 2 eventfd",
                 .ask = "Q87, Q88, Q89"}};
    Peer boss = you.wire("boss");
    may_block_signals(you);
    you.run([&] { serves(you.fd()); });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    ann.sends("slow\n");
    you.settles();
    you.gets_signal(SIGTERM);
    bob.expects_end();
    Peer carol = you.connect("carol");
    carol.expects_refusal();
    ann.expects_silence();
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects("slow, and done\n");
    ann.expects_end();
    boss.expects("the end");
    you.finishes();
}

TEST(Hostile, EndsAtOnceAtTheSecondSignal)
{
    Learner you{{.rule = "a second signal ends the loop at once, whoever waits for an answer.",
                 .why = "Who presses Ctrl-C twice means it. And the program still ends in order: run() returns, and all that it "
                        "owns is closed.",
                 .read = "man 2 signalfd; man 7 signal, Signal dispositions",
                 .ask = "Q88, Q89"}};
    Peer boss = you.wire("boss");
    may_block_signals(you);
    you.run([&] { serves(you.fd()); });
    Peer ann = you.connect("ann");
    ann.sends("slow\n");
    you.settles();
    you.gets_signal(SIGTERM);
    boss.expects_silence();
    you.gets_signal(SIGINT);
    boss.expects("the end");
    you.finishes();
    ann.expects_end();
}
