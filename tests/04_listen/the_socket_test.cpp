#include "listening.h"

using namespace listening;

TEST(Robust, LeavesTheSocketAsItWas)
{
    constexpr Lesson lesson{
        .rule = "the socket is the caller's: open, blocking, with the options that it had, also after a failure.",
        .why = "Each accepted connection inherits the options of its listener. What nobody asked for is found late.",
        .read = "man 2 fcntl, F_SETFL; man 7 tcp, \"Socket options\"",
        .ask = "Q19, Q72"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.listener(0, false, ip);
        const UdpPeer ann = you.udp_wire("ann");
        you.run([&] {
            listen_on(you.fd(0), 1);
            EXPECT_EQ("EOPNOTSUPP", error_of([&] { listen_on(you.fd(1)); }));
            for (const int fd : {you.fd(0), you.fd(1)})
                expects_open(fd, "when the function is over");
        });
        you.finishes();
    });
}

TEST(Robust, KeepsItsPromisesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, nothing stays open, and the next try works.",
        .why = "A close() on the way out can fail, too, and then errno is another. Both families are listened on alike.",
        .read = "man 2 listen, ERRORS; man 3 errno, NOTES",
        .ask = "Q5, Q72"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.run([&] {
                const kata::Bound server = bound(ip);
                told_then_done([&] { listen_on(server.fd.get(), 0); });
                accepts(server);
            });
            lets_in(you, "ann");
            you.finishes();
        });
    });
}
