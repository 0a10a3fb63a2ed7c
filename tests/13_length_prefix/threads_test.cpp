// Several threads, each with a socket of its own. One is held in the middle of its frame while the other does all of its work.
#include "frames.h"

#include <sys/socket.h>
#include <thread>

using namespace lab;
using namespace std::string_view_literals;

TEST(Robust, WritesInTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two threads may write at the same time, each to its own socket, and see nothing of each other.",
         .why = "A static variable is one for all threads: the rest that the one has still to send becomes that of the other.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
         .ask = "Q28, Q51"}};
    Peer ann = you.wire("ann"), bob = you.wire("bob");
    you.every(Family::writing).moves_at_most(3);
    you.nth(Family::writing, 2).pauses();
    you.run([&] {
        std::thread first{[&] { kata::write_frame(you.fd(0), bytes("hello")); }};
        EXPECT_EQ("go", next_of(you.fd(1)));
        kata::write_frame(you.fd(1), bytes("HI"));
        first.join();
    });
    ASSERT_TRUE(you.paused());
    bob.sends("\0\0\0\2go"sv);
    bob.expects("\0\0\0\2HI"sv);
    you.resume();
    ann.expects("\0\0\0\5hello"sv);
    you.finishes();
}

TEST(Robust, ReadsInTwoThreadsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads may read at the same time, each from its own socket, and see nothing of each other.",
        .why = "A static variable is one for all threads: the size of the one frame becomes that of the other, or its bytes do.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q34, Q51"};
    for (const std::uint32_t n : {2u, 3u}) { // at the end of the size, and inside the payload
        Learner you{lesson};
        Peer ann = you.wire("ann"), bob = you.wire("bob");
        you.every(Family::reading).moves_at_most(2);
        you.nth(Family::reading, n).returns_late();
        you.run([&] {
            std::thread first{[&] { EXPECT_EQ("hello", next_of(you.fd(0))); }};
            EXPECT_EQ("HI", next_of(you.fd(1)));
            ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
            first.join();
        });
        ann.sends("\0\0\0\5hello"sv);
        ASSERT_TRUE(you.paused());
        bob.sends("\0\0\0\2HI"sv);
        bob.expects("done");
        you.resume();
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Hostile, SurvivesInEachThreadAPeerThatIsGone)
{
    Learner you{
        {.rule = "a peer that is gone is an error that you can catch, also when another thread has just written its frame.",
         .why = "What SIGPIPE does belongs to the process. Who ignores it for a moment puts the default back under a thread that "
                "still writes, and the process dies. MSG_NOSIGNAL belongs to one call.",
         .read = "man 2 send, MSG_NOSIGNAL; man 2 sigaction; man 7 signal, \"Signal dispositions\"",
         .ask = "Q31, Q61"}};
    const WireOptions little{.learner_send_buffer = 16384, .peer_receive_buffer = 16384};
    Peer ann = you.wire("ann", little), bob = you.wire("bob", little), cy = you.wire("cy");
    const std::string payload = pattern(1 << 20); // more than fits into the kernel: both write until somebody reads
    you.run([&] {
        std::thread first{[&] {
            kata::write_frame(you.fd(0), bytes(payload));
            kata::write_frame(you.fd(0), bytes("done"));
        }};
        EXPECT_EQ("go", next_of(you.fd(2)));
        EXPECT_THROW(kata::write_frame(you.fd(1), bytes(payload)), std::system_error);
        first.join();
    });
    cy.sends("\0\0\0\2go"sv); // the first one sleeps
    you.settles();            // and so does the second
    EXPECT_EQ(4u, ann.receives(4).size()) << "bytes of the size of the frame for ann";
    ann.expects_size(payload.size());
    ann.expects("\0\0\0\4done"sv);
    bob.finishes_writing(); // so it is EPIPE, and no reset
    bob.closes();
    you.finishes();
}
