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

TEST(Robust, TakesDescriptor0)
{
    for (const bool is_the_listener : {true, false}) {
        Learner you{{.rule = "0 is a descriptor like any other, for the listener and for a client: stop() ends both.",
                     .why = "The kernel gives the lowest free number. The test closed standard input before, as daemons do.",
                     .read = "man 2 accept, RETURN VALUE",
                     .ask = "Q8"},
                    {.own_time = 1h}};
        you.run([is_the_listener] {
            if (is_the_listener)
                ::close(0);
            kata::UniqueFd listener = opens_listener();
            if (!is_the_listener)
                ::close(0);
            Server server{std::move(listener), echo, 2};
            server.start();
            wait_for_the_test();
            stops_after(server, 60'000, 0ms);
        });
        Peer ann = you.connect("ann");
        is_served(ann);
        you.settles();
        ASSERT_TRUE(you.paused());
        you.resume();
        ann.expects_end();
        you.finishes();
    }
}

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

TEST(Hostile, LeavesANumberAloneThatBecomesFree)
{
    Learner you{
        {.rule =
             "a connection that ends while stop() cuts off the others is not cut off any more: its number may be a stranger's.",
         .why = "Who copies the numbers, lets go of the lock and then shuts them down, one after another, shuts down what they "
                "name by then. shutdown() does not sleep: it may be called under the lock.",
         .read = "man 2 close, \"Multithreaded processes and close()\"; man 2 open, lowest-numbered",
         .ask = "Q71, Q76"}};
    Peer owner = you.wire("the owner"), bobs = you.wire("the database of bob"), anns = you.wire("the database of ann"),
         stranger = you.wire("a stranger");
    you.run([&you] {
        const auto handler = [&you](int connection, const Endpoint&) {
            if (hears(connection) == "bob")
                return asks(you.fd(1));
            asks(you.fd(2));
            const std::vector<kata::UniqueFd> strangers = copies_of(you.fd(3));
            asks(you.fd(2));
        };
        Server server{opens_listener(), handler, 4};
        server.start();
        asks(you.fd(0));
        stops(server, 1000);
        says(you.fd(3), "still here");
        expects_to_hear(you.fd(3), "me too");
    });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    ann.sends("ann");
    bob.sends("bob");
    owner.sends("stop");
    you.settles();
    you.nth(Call::shutdown, 1).pauses();
    you.time_passes(1s); // the grace is over
    ASSERT_TRUE(you.paused());
    bobs.sends("."); // his handler is done
    anns.sends("."); // hers opens something
    you.settles();
    you.resume();
    anns.sends(".");
    stranger.expects("still here");
    stranger.sends("me too");
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
