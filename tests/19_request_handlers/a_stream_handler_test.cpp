#include "handlers.h"

#include <algorithm>
#include <thread>

using namespace handlers;

TEST(Works, SendsWhatItHasBeforeItWaits)
{
    Learner you{{.rule = "what was written leaves before read_line() waits for the client.",
                 .why =
                     "The client waits for your question, and you wait for its answer: both sleep for ever. Half a line that is "
                     "there already is no answer yet.",
                 .ask = "Q109"}};
    Peer ann = you.wire("ann");
    ann.sends("a");
    you.run([&] { EXPECT_EQ("", reports_when_it(greets, you.fd())); });
    ann.expects("name?\n");
    ann.sends("nn\r\nbob\nand");
    ann.expects("hello, ann\nhello, bob\n");
    ann.finishes_writing();
    ann.expects("hello, and\n");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, KeepsSmallWritesButNotForEver)
{
    Learner you{{.rule = "small writes leave as one; no more than max_kept bytes are held back.",
                 .why = "A call for each byte is slow; an answer of any size in memory is what an attacker asks for.",
                 .read = "man 7 tcp, TCP_NODELAY",
                 .ask = "Q57, Q64"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        reports_when_it(
            [](auto& self) {
                for (const char& c : pattern(1000))
                    self.write({&c, 1});
            },
            you.fd(0));
        reports_when_it(writes_much, you.fd(1));
    });
    ann.expects_size(1000);
    const std::vector<CallRecord> calls = you.calls();
    EXPECT_GE(10, std::count_if(calls.begin(), calls.end(),
                                [&](const CallRecord& c) { return c.fd == you.fd(0) && family_of(c.call) == Family::writing; }))
        << "calls that send, for 1000 bytes that were written one by one";
    bob.expects_size(30'000 - 8192); // the handler is busy with something else
    bob.sends(".");
    EXPECT_EQ(8192u, bob.receives_all().size()) << "bytes that were left for finish()";
    you.finishes();
}

TEST(Robust, HoldsBackNoMoreThanItMay)
{
    Learner you{{.rule = "after each write() at most max_kept bytes are held back, whatever the size of that write.",
                 .why =
                     "Who looks at the limit before it adds the new bytes holds back the limit and a write of any size. So does "
                     "who keeps what a short count has left: the kernel takes 5000 bytes at a time here. What leaves does not "
                     "overtake what is kept.",
                 .read = "the contract in request_handlers.h; man 7 tcp, TCP_CORK; man 2 send, MSG_MORE",
                 .ask = "Q57, Q64"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), cy = you.wire("cy");
    you.every(Family::writing).moves_at_most(5000);
    you.run([&] {
        reports_when_it([](auto& self) { writes_and_waits(self, 8193); }, you.fd(0));
        reports_when_it([](auto& self) { writes_and_waits(self, 100'000); }, you.fd(1));
        constexpr auto writes_three = [](auto& self) {
            for (const std::string& bytes : {std::string{"head "}, pattern(10'000), std::string{" tail"}})
                self.write(bytes);
        };
        reports_when_it(writes_three, you.fd(2));
    });
    you.settles();
    bool held = false; // by the kernel, for up to 200 ms: looked at before ann can see whether they have passed
    for (const CallRecord& call : you.calls())
        if (const Family family = family_of(call.call); call.fd != you.fd(0) || family == Family::reading)
            break;
        else if (call.call == Call::send || call.call == Call::sendto || call.call == Call::sendmsg)
            held = (call.args[1] & MSG_MORE) != 0;
    expects(!held, "the last bytes that leave in write() leave at once",
            "they left with MSG_MORE, and wait in the kernel for more");
    EXPECT_EQ(1u, ann.receives(1).size()) << "bytes came at once, of max_kept and one more";
    ann.sends(".");
    EXPECT_EQ(8192u, ann.receives_all().size()) << "bytes came after that";
    EXPECT_EQ(100'000u - 8192u, bob.receives(100'000 - 8192).size()) << "bytes came at once, of 100000";
    bob.sends(".");
    EXPECT_TRUE(cy.receives_all() == "head " + pattern(10'000) + " tail")
        << "what cy receives is not what was written, in its order";
    you.finishes();
}

TEST(Robust, FinishesWhatSendLeftOver)
{
    Learner you{{.rule = "the flush of a buffer is a loop: a short count leaves the rest, a signal leaves all of it.",
                 .why = "send() returned how many bytes the kernel took.",
                 .read = "man 2 write, RETURN VALUE; man 7 signal",
                 .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 2).fails(EINTR);
    you.every(Family::writing).moves_at_most(3);
    you.run([&] { EXPECT_EQ("", reports_when_it(says_good, you.fd())); });
    ann.expects("good");
    ann.expects_end();
    you.finishes();
}

TEST(Robust, SendsNothingWhereNothingWasWritten)
{
    Learner you{{.rule = "where nothing is kept, there is nothing to send.",
                 .why = "A call that moves nothing costs as much as one that does.",
                 .read = "the contract in request_handlers.h",
                 .ask = "Q64"}};
    Peer ann = you.wire("ann");
    you.run([&] { EXPECT_EQ("", reports_when_it([](auto& self) { self.flush(); }, you.fd())); });
    ann.expects_end();
    you.finishes();
    EXPECT_EQ(0, you.count(Family::writing)) << "calls that send";
}

TEST(Robust, TalksInTwoThreads)
{
    constexpr Lesson lesson{
        .rule = "two handlers may live at the same time, in two threads, and see nothing of each other.",
        .why = "The first one is held with ann's line, or her answer, in its hand. What is static, or in a place that a second "
               "flush() takes away, is bob's by then.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q76, Q109"};
    constexpr auto greets_by_name = [](auto& self) {
        while (std::optional<std::string> name = self.read_line())
            self.write("hello, " + *name + "\n");
    };
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&] {
            const auto lives = [](int connection) {
                kata::process_request(kata::UniqueFd{connection}, {}, kata::make_handler<Does<decltype(greets_by_name)>>,
                                      the_log);
            };
            const std::jthread first{lives, you.fd(0)};
            lives(you.fd(1));
        });
        ann.sends("ann\n");
        ASSERT_TRUE(you.paused()) << "ann's name was never read, or her answer never sent";
        bob.sends("bob\n");
        bob.expects("hello, bob\n");
        bob.closes();
        you.settles();
        you.resume();
        ann.expects("hello, ann\n");
        ann.closes();
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, KeepsTheBytesOfOneFromTheNext)
{
    Learner you{
        {.rule = "what a handler has written and could not send dies with it.",
         .why = "finish() does not run when setup() threw. In a buffer that outlives the handler the bytes wait for the next.",
         .read = "the contract in request_handlers.h",
         .ask = "Q109, Q110"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.run([&] {
        EXPECT_EQ("; reported: setup ", story_of<WritesAndThrows>(you.fd(0)));
        EXPECT_EQ("", reports_when_it(says_good, you.fd(1)));
    });
    ann.expects_end();
    EXPECT_EQ("good", bob.receives_all()) << "what bob receives";
    you.finishes();
}

TEST(Robust, SaysWhyThereIsNoNextLine)
{
    Learner you{{.rule = "a line that is too long and a reset are exceptions of read_line(), and reported; the end is neither.",
                 .why = "LineReader (12) throws them. Who catches them turns a cut connection into a clean end.",
                 .read = "man 2 recv, ERRORS; the contract in line_framing.h",
                 .ask = "Q38, Q50"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.first(Family::reading, 2).fails(EINTR);
    you.run([&] {
        EXPECT_EQ("std::length_error ", reports_when_it(greets, you.fd(0)));
        EXPECT_EQ("ECONNRESET ", reports_when_it(greets, you.fd(1)));
        EXPECT_EQ("", reports_when_it(greets, you.fd(2)));
    });
    ann.expects("name?\n");
    ann.sends(std::string(4097, 'x'));
    bob.expects("name?\n");
    bob.resets();
    eve.expects("name?\n");
    eve.closes();
    you.finishes();
}
