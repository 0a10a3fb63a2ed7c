#include "handlers.h"

#include <thread>
#include <vector>

using namespace handlers;

TEST(Hostile, HasNothingToReportOfAClientThatLeftInTime)
{
    Learner you{{.rule = "a connection that has ended already is nobody's error.",
                 .why = "shutdown() says ENOTCONN when the client has reset: there is nothing left to end.",
                 .read = "man 2 shutdown, ERRORS",
                 .ask = "Q42, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("", reports_when_it([](auto&) { wait_for_the_test(); }, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.settles(); // the reset has come
    you.resume();
    bob.expects("good");
    you.finishes();
}

TEST(Hostile, SurvivesAClientThatResets)
{
    Learner you{{.rule = "a client that is gone is one report, and never the end of the process.",
                 .why = "After the reset send() gives EPIPE, with a SIGPIPE unless MSG_NOSIGNAL is set. What could not be sent "
                        "once is not tried again by finish().",
                 .read = "man 2 send, MSG_NOSIGNAL and EPIPE",
                 .ask = "Q31, Q61, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("EPIPE ", reports_when_it(speaks_too_late, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    bob.expects("good");
    you.finishes();
}

TEST(Hostile, DropsWhatItCouldNotSend)
{
    Learner you{{.rule = "what flush() could not send is gone, whatever the errno: nobody sends it later, to nobody.",
                 .why =
                     "Whether ann has a part of it nobody knows, and finish() would report the same loss once more. In a buffer "
                     "that outlives its handler the bytes wait for the next client.",
                 .read = "man 2 send, ERRORS; man 7 tcp, ERRORS",
                 .ask = "Q42, Q109, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve"), cy = you.wire("cy"), di = you.wire("di");
    for (std::uint32_t n = 0; const int error : {ETIMEDOUT, EHOSTUNREACH, ECONNRESET, ENOBUFS})
        you.nth(Family::writing, ++n).fails(error);
    you.run([&] {
        constexpr auto writes = [](auto& self) { self.write("a secret"); };
        constexpr auto flushes = [](auto& self) {
            self.write("a secret");
            self.flush();
        };
        EXPECT_EQ("ETIMEDOUT ", reports_when_it(flushes, you.fd(0)));
        EXPECT_EQ("EHOSTUNREACH ", reports_when_it(writes, you.fd(1)));
        EXPECT_EQ("ECONNRESET ", reports_when_it(writes, you.fd(4)));
        constexpr auto writes_more = [](auto& self) { self.write(pattern(30'000)); }; // than is kept: some of it leaves at once
        EXPECT_EQ("ENOBUFS ", reports_when_it(writes_more, you.fd(3)));
        constexpr auto flushes_twice = [](auto& self) {
            self.write("go");
            self.flush();
            self.write("od");
        };
        EXPECT_EQ("", reports_when_it(flushes_twice, you.fd(2)));
    });
    for (Peer* peer : {&ann, &bob, &cy, &di})
        peer->expects_end();
    EXPECT_EQ("good", eve.receives_all()) << "what eve receives";
    you.finishes();
}

TEST(Hostile, WaitsForAClientThatIsSlow)
{
    struct Nobody : kata::ErrorSink {
        void handle_error(const kata::Endpoint&, std::exception_ptr error) noexcept override { std::rethrow_exception(error); }
    };
    Learner you{
        {.rule = "a client that reads nothing for a day has not gone: its answer waits for it. Others do not wait for it.",
         .why = "TCP asks the other side whether it still lives, and tells you when not. A limit is the handler's own. And "
                "what is static, a buffer or a lock, makes one slow client the affair of all threads.",
         .read = "man 2 send, DESCRIPTION; man 7 pthreads, \"Thread-safe functions\"",
         .ask = "Q42, Q76, Q109"}};
    Peer ann = you.wire("ann", {.learner_send_buffer = 4096, .peer_receive_buffer = 4096}), bob = you.wire("bob");
    you.every(Family::writing).moves_at_most(5000); // so that she gets all of it in many pieces
    you.run([&] {
        const auto lives = [](int connection, kata::MakeHandler make) {
            Nobody nobody;
            kata::process_request(kata::UniqueFd{connection}, {}, make, nobody);
        };
        constexpr auto says_much = [](auto& self) { self.write(pattern(100'000)); };
        const std::jthread other{lives, you.fd(1), kata::make_handler<Does<decltype(greets)>>};
        lives(you.fd(0), kata::make_handler<Does<decltype(says_much)>>);
    });
    bob.expects("name?\n");
    you.time_passes(25h);
    bob.sends(pattern(100) + "\n");
    bob.expects("hello, " + pattern(100) + "\n");
    bob.closes();
    EXPECT_TRUE(ann.receives_all() == pattern(100'000)) << "what ann receives, a day later, is not what was written";
    you.finishes();
}

TEST(Hostile, ReportsAnAnswerThatCannotLeave)
{
    Learner you{
        {.rule = "an answer that finish() cannot send is reported, as any other, whatever was reported before.",
         .why =
             "The handler has done its work, and the client has gone without it: the log is the only one to hear that. The same "
             "errno out of handle() may come from elsewhere, a database for one, and tells nothing of this client.",
         .read = "man 2 send, EPIPE",
         .ask = "Q31, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.nth(Family::writing, 2).fails(EPIPE);
    you.run([&] {
        EXPECT_EQ("EPIPE ", reports_when_it(leaves_it_to_finish, you.fd(0)));
        constexpr auto loses_its_database = [](auto& self) {
            self.write("too late");
            throw std::system_error{EPIPE, std::generic_category(), "database"};
        };
        EXPECT_EQ("EPIPE EPIPE ", reports_when_it(loses_its_database, you.fd(1)));
    });
    ASSERT_TRUE(you.paused());
    ann.resets();
    you.resume();
    you.finishes();
}

TEST(Hostile, LeavesTheRestToTheKernel)
{
    Learner you{{.rule = "what the kernel has taken reaches the client, also when that reads it after you have closed.",
                 .why =
                     "close() goes on behind your back: the kernel sends what it has, and then the end. With SO_LINGER {1, 0} it "
                     "throws that away, and sends a reset: an answer that is cut.",
                 .read = "man 7 socket, SO_LINGER; man 2 close",
                 .ask = "Q42, Q45, Q110"}};
    Peer ann = you.wire("ann", {.learner_send_buffer = 200'000, .peer_receive_buffer = 4096}), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("", reports_when_it([](auto& self) { self.write(pattern(60'000)); }, you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    bob.expects("good"); // by then ann's connection is closed
    EXPECT_EQ(60'000u, ann.receives_all().size()) << "bytes that ann receives, who begins to read now";
    you.finishes();
}

TEST(Hostile, DoesNotWaitForAClientThatStays)
{
    Learner you{{.rule = "the end of a request does not wait until the client ends its stream.",
                 .why = "A client that stays and says nothing would hold up all others: this server has one thread.",
                 .read = "man 2 shutdown",
                 .ask = "Q52, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        reports_when_it(says_good, you.fd(0));
        reports_when_it(says_good, you.fd(1));
    });
    bob.expects("good"); // ann does nothing
    ann.expects("good");
    ann.expects_end();
    you.finishes();
    EXPECT_EQ(0, you.waits_in_vain()) << "of your waits ended because time was over";
}

// The last one: whatever has a lesson of its own comes before it.
TEST(Hostile, ReportsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: what reads or sends is reported, once; the end of the connection is nobody's report.",
        .why = "close() has closed also when it fails, and after a shutdown() that fails the close() comes all the same.",
        .read = "man 2 send, ERRORS; man 2 close, \"Dealing with error returns from close()\"",
        .ask = "Q71, Q75, Q110"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] {
            told_or_done([&] { story_of<Does<decltype(greets)>>(you.fd()); });
            std::string failed;
            for (const CallRecord& call : you.calls()) {
                const Family family = family_of(call.call);
                const bool matters = family == Family::reading || family == Family::writing || family == Family::waiting;
                if (call.returned && call.result < 0 && matters && call.error != EINTR && call.error != EAGAIN)
                    failed += ::strerrorname_np(call.error) + std::string{" "};
            }
            EXPECT_EQ(failed, reported) << "the reports, and what had failed";
            for (const CallRecord& call : you.calls())
                expects(call.call != Call::close || call.result >= 0 || call.error != EBADF, "the connection is closed once",
                        "closed again: by then the number may be another thread's");
        });
        ann.receives(6);
        ann.sends("ann\n");
        ann.closes();
        you.finishes();
    });
}
