// What is no reason to try again.
#include "frames.h"

using namespace lab;
using namespace std::string_view_literals;

TEST(Robust, ThrowsWhatNoNextTryMends)
{
    Learner you{
        {.rule = "EINTR alone is worth another try. A machine without memory is an error, when you write and when you read.",
         .why = "A signal is over when the call has returned. A shortage is not: the next try is the first step of a loop "
                "that burns the CPU.",
         .read = "man 2 send, ENOBUFS; man 2 recv, ENOMEM; man 7 signal",
         .ask = "Q29, Q42"}};
    Peer ann = you.wire("ann");
    ann.sends("\0\0\0\5hello"sv);
    you.nth(Family::writing, 1).fails(ENOBUFS);
    you.nth(Family::reading, 1).fails(ENOMEM);
    you.run([&] {
        expects_error(ENOBUFS, [&] { kata::write_frame(you.fd(), bytes("hello")); });
        EXPECT_EQ("threw ENOMEM", next_of(you.fd()));
    });
    you.finishes();
}
