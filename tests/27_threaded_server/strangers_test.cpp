// A number is a name for a short time only.
#include "serving.h"

#include <thread>
#include <unistd.h>
#include <vector>

using namespace serving;

namespace {

// Takes the lowest free numbers, as whatever opens something next would.
std::vector<kata::UniqueFd> copies_of(int fd)
{
    std::vector<kata::UniqueFd> copies;
    for (int i = 0; i < 6; ++i)
        copies.emplace_back(::dup(fd));
    return copies;
}

} // namespace

TEST(Hostile, NeverClosesUnderAHandler)
{
    Learner you{
        {.rule = "a connection is open until its handler is done, also when the grace is over: it is cut off, not closed.",
         .why =
             "After close() the number is free, and the next socket that is opened gets it. The handler knows nothing of that: "
             "what it sends goes to a stranger, without an error.",
         .read = "man 2 close, \"Multithreaded processes and close()\"; man 2 open, lowest-numbered",
         .ask = "Q71, Q76"}};
    Peer database = you.wire("the database"), stranger = you.wire("a stranger");
    you.run([&you]() noexcept {
        const auto handler = [&you](int connection, const Endpoint&) {
            hears(connection);
            asks(you.fd(0));
            says(connection, "for ann's eyes only");
        };
        Server server{opens_listener(), handler, 2};
        server.start();
        wait_for_the_test();
        const std::jthread owner{[&] { stops(server, 0); }};
        wait_for_the_test();
        const std::vector<kata::UniqueFd> strangers = copies_of(you.fd(1));
        wait_for_the_test();
    });
    Peer ann = you.connect("ann");
    ann.sends("my password, please");
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
    you.settles();
    ASSERT_TRUE(you.paused()); // stop() sleeps
    you.resume();
    you.settles();
    ASSERT_TRUE(you.paused());
    database.sends(".");
    stranger.expects_silence();
    you.finishes();
}

TEST(Hostile, LeavesANumberAloneThatIsFree)
{
    Learner you{
        {.rule = "a connection that is closed is never shut down or closed again: its number may be a stranger's by now.",
         .why = "To close it and to take it out of the table is one step, under the lock that stop() takes too. A table that is "
                "tidied up later names numbers that belong to others.",
         .read = "man 2 close, \"Multithreaded processes and close()\"; man 2 open, lowest-numbered",
         .ask = "Q71, Q72, Q76"}};
    Peer stranger = you.wire("a stranger");
    you.run([&you] {
        Server server{opens_listener(), echo, 4};
        server.start();
        wait_for_the_test();
        const std::vector<kata::UniqueFd> strangers = copies_of(you.fd());
        wait_for_the_test();
        stops(server, 0);
        for (const kata::UniqueFd& fd : strangers)
            expects_open(fd.get(), "after stop(), and not the server's any more");
        says(you.fd(), "still here");
        expects_to_hear(you.fd(), "me too");
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob"), carol = you.connect("carol");
    leaves(ann);
    leaves(bob);
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume(); // their numbers go to the stranger
    you.settles();
    ASSERT_TRUE(you.paused());
    is_served(carol);
    you.resume();
    stranger.expects("still here");
    stranger.sends("me too");
    you.finishes();
}
