// What is noticed in a recording. For each rule a learner in whom it is seen, and one in whom it is not, though it looks alike.
#include "noticed.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

using namespace lab;

class Remarks : public testing::TestWithParam<Noticed> {};

TEST_P(Remarks, SayWhatIsStrange)
{
    const Outcome outcome = outcome_of(GetParam().body, GetParam().scene);
    std::string noticed;
    for (const Remark& remark : outcome.remarks) {
        noticed += (noticed.empty() ? "" : "\n") + remark.says;
        EXPECT_EQ(0U, remark.read.find("man ")) << remark.read;
    }
    EXPECT_EQ(GetParam().says, noticed) << outcome.diagram;
    EXPECT_EQ("", outcome.unseen);
}

std::string name_of_noticed(const testing::TestParamInfo<Noticed>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(OnBytes, Remarks, testing::ValuesIn(learners_that_move_bytes()), name_of_noticed);
INSTANTIATE_TEST_SUITE_P(OnWaiting, Remarks, testing::ValuesIn(learners_that_wait()), name_of_noticed);
INSTANTIATE_TEST_SUITE_P(OnSockets, Remarks, testing::ValuesIn(learners_with_sockets()), name_of_noticed);
INSTANTIATE_TEST_SUITE_P(OnAddresses, Remarks, testing::ValuesIn(learners_with_addresses()), name_of_noticed);

namespace {

char unseen_bytes[64];

char unseen_hello[] = "hello";

// At the place where it stands (-1): readv(2) under a name that no shim has.
ssize_t takes_unseen()
{
    const iovec room{unseen_bytes, sizeof unseen_bytes};
    return ::preadv2(3, &room, 1, -1, 0);
}
ssize_t gives_unseen()
{
    const iovec hello{unseen_hello, 5};
    return ::pwritev2(3, &hello, 1, -1, 0);
}

const Scene ann_says_hello_and_ends{.during = [](Learner&, Peer& ann) {
    ann.sends("hello");
    ann.finishes_writing();
}};

const Scene ann_says_hello_at_first{.during = [](Learner& you, Peer& ann) {
    ann.sends("hello");
    you.resume();
}};

constexpr const char* nobody_saw = "your code made calls that this laboratory does not see: ";

} // namespace

// Nobody sees when such a learner is asleep: so ann speaks while it waits for the test.
TEST(Unseen, BytesCameByNoCall)
{
    const Outcome outcome = outcome_of(
        [] {
            wait_for_the_test();
            takes_unseen();
        },
        ann_says_hello_at_first);
    EXPECT_EQ(std::string{nobody_saw} + "5 bytes came to it by none of the calls below", outcome.unseen);
}

TEST(Unseen, BytesWentOutByNoCall)
{
    const Outcome outcome = outcome_of([] { gives_unseen(); });
    EXPECT_EQ(std::string{nobody_saw} + "5 bytes went out by none of the calls below", outcome.unseen);
}

// Also of one that never comes back.
TEST(Unseen, IsKnownOfAStuckLearner)
{
    Scene scene = ann_says_hello_at_first;
    scene.limits.deadline = 100ms;
    const Outcome outcome = outcome_of(
        [] {
            wait_for_the_test();
            takes_unseen();
            takes_unseen();
        },
        scene);
    EXPECT_TRUE(outcome.red);
    EXPECT_EQ(std::string{nobody_saw} + "5 bytes came to it by none of the calls below", outcome.unseen);
}

TEST(Unseen, IsNotSaidOfWhatWasSeen)
{
    const Outcome outcome = outcome_of(
        [] {
            for (ssize_t n = 1; n > 0;) {
                n = ::recv(3, unseen_bytes, 2, MSG_PEEK);
                n = ::recv(3, unseen_bytes, 2, 0);
                (void)::send(3, unseen_bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL);
            }
            ::shutdown(3, SHUT_WR);
        },
        ann_says_hello_and_ends);
    EXPECT_EQ("", outcome.unseen);
}

// What waits in the socket was not taken, and the FIN is no byte.
TEST(Unseen, IsNotSaidOfWhatNobodyTook)
{
    EXPECT_EQ("", outcome_of([] { (void)::recv(3, unseen_bytes, 2, 0); }, ann_says_hello_and_ends).unseen);
    EXPECT_EQ("", outcome_of([] { ::shutdown(3, SHUT_WR); }, ann_says_hello_and_ends).unseen);
}
