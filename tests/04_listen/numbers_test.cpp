#include "listening.h"

#include <algorithm>
#include <climits>
#include <netinet/in.h>
#include <netinet/tcp.h>

using namespace listening;

namespace {

// What the kernel says about a listener: in tcpi_sacked stands the limit of its accept queue, as ss(8) shows it.
void expects_limit(unsigned right, const kata::Bound& server, int backlog, int line = __builtin_LINE())
{
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(server.fd.get(), IPPROTO_TCP, TCP_INFO, &info, &size);
    const std::string limit = "a backlog of " + std::to_string(backlog) + " makes a queue with the limit ";
    expects(info.tcpi_sacked == right, limit + std::to_string(right), "the limit " + std::to_string(info.tcpi_sacked), __FILE__,
            line);
}

} // namespace

TEST(Robust, TakesAnyNumber)
{
    constexpr Lesson lesson{
        .rule = "no backlog is an error: a large one is cut by the kernel, and a negative one is a large one on Linux.",
        .why = "The kernel compares the number, as an unsigned one, with net.core.somaxconn, and takes the smaller of the two.",
        .read = "man 2 listen, NOTES (somaxconn)",
        .ask = "Q11"};
    for (const int backlog : {INT_MAX, 65536, -1, INT_MIN}) { // 65536 is 0 in sixteen bits
        if (HasFailure())
            return;
        Learner you{lesson};
        you.run([&] { listens_only(backlog); });
        const Peer ann = lets_in(you, "ann");
        const Peer bob = lets_in(you, "bob");
        you.finishes();
    }
}

TEST(Robust, TakesTheNewLimitOfAListener)
{
    if (longest_queue() < 2)
        GTEST_SKIP() << "net.core.somaxconn cuts every backlog below 2 here";
    Learner you{{.rule = "to listen again is legal, and changes the limit of the queue. Who waits in it stays.",
                 .why = "listen() on a listener keeps who waits there and sets the new backlog. The last number counts.",
                 .read = "man 2 listen, DESCRIPTION",
                 .ask = "Q11"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get(), 0);
        wait_for_the_test();
        listen_on(server.fd.get(), 1);
        wait_for_the_test();
    });
    const Peer ann = lets_in(you, "ann");
    you.resume();
    const Peer bob = lets_in(you, "bob");
    expects(ann.is_connected(), "ann waits in the queue, as before", "her connection is over: listening again ended it");
    Peer joe = you.knock("joe");
    joe.expects_no_answer();
    you.finishes();
}

TEST(Robust, ShortensAQueueAndSendsNobodyAway)
{
    Learner you{{.rule = "the new limit may be smaller than the queue: who waits stays, and who comes gets no answer.",
                 .why = "The limit is looked at when somebody comes, and 0 is legal here, too. shutdown() would empty the queue: "
                        "everybody is reset.",
                 .read = "man 2 listen, DESCRIPTION; man 2 shutdown",
                 .ask = "Q11"}};
    you.run([] {
        const kata::Bound server = bound();
        listen_on(server.fd.get());
        wait_for_the_test();
        listen_on(server.fd.get(), 0);
        wait_for_the_test();
    });
    const Peer ann = lets_in(you, "ann");
    you.resume();
    you.paused();
    expects(ann.is_connected(), "ann waits in the queue, as before", "she is sent away");
    Peer joe = you.knock("joe");
    joe.expects_no_answer();
    you.finishes();
}

TEST(Hostile, HoldsACrowd)
{
    Learner you{
        {.rule = "without a number of your own, a crowd that comes at once fits into the queue.",
         .why = "The default is SOMAXCONN, and the kernel cuts it to net.core.somaxconn by itself. A smaller number of yours "
                "leaves clients without an answer for a second and more.",
         .read = "man 2 listen, NOTES (somaxconn)",
         .ask = "Q11, Q119"}};
    you.run([] { listens_only(); });
    std::vector<Peer> crowd;
    for (long i = 1; i <= std::min(longest_queue() + 1, 150L) && !HasFailure(); ++i)
        crowd.push_back(lets_in(you, "client " + std::to_string(i)));
    you.finishes();
}

TEST(Hostile, LeavesTheCuttingToTheKernel)
{
    Learner you{{.rule = "pass the number on as it is: its limit is the kernel's, and that can be set.",
                 .why = "Who raises net.core.somaxconn for a busy server wants the longer queue. A limit in your code takes it "
                        "away, and nothing tells. ss -ltn shows what the kernel made of the number, as Send-Q.",
                 .read = "man 2 listen, NOTES (somaxconn); man 8 ss",
                 .ask = "Q11, Q119"}};
    you.run([] {
        const kata::Bound server = bound();
        for (const int backlog : {0, 1, 128, 129, 512, 1024, 4096, 32768, 65535, 65537, INT_MAX, -1, INT_MIN, 0}) {
            listen_on(server.fd.get(), backlog);
            expects_limit(std::min(static_cast<unsigned>(backlog), static_cast<unsigned>(longest_queue())), server, backlog);
        }
    });
    you.finishes();
}
