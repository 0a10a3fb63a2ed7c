// How long it waits, and two that wait at the same time.
#include "door.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <thread>

using namespace lab;

namespace {

void limits_sending(int wire, timeval limit) { ::setsockopt(wire, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit); }

} // namespace

TEST(Robust, WaitsAsLongAsItTakes)
{
    Learner you{
        {.rule = "the next descriptor is waited for, asleep, for as long as it takes; a signal ends no wait.",
         .why = "EINTR means that nothing was sent or received yet. A limit that nobody asked for ends a server at night.",
         .read = "man 7 signal, \"Interruption of system calls\"; man 2 recv, DESCRIPTION",
         .ask = "Q88, Q106"}};
    you.first(Family::reading, 2).fails(EINTR);
    you.first(Family::writing, 2).fails(EINTR);
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.run([&] { passes(you.fd(), takes(you.fd(), 'c'), 'd'); });
    you.gets_signal(SIGUSR1);
    you.time_passes(10min);
    ann.passes("c", {bob.end.get()});
    ann.expects_descriptor("d", "ann's new end").sends("hello");
    bob.peer.expects("hello");
    you.finishes();
    EXPECT_TRUE(you.waits_in_vain() == 0) << "you slept for a fixed time before you looked again";
}

TEST(Robust, WaitsForRoom)
{
    Learner you{{.rule = "a blocking wire that is full makes you wait, for as long as the caller wants; nothing is lost.",
                 .why = "The other process is busy and has not read yet. A wire with SO_SNDTIMEO says EAGAIN when that time is "
                        "over: nothing was sent, and to begin again takes the limit away.",
                 .read = "man 2 send, DESCRIPTION and MSG_DONTWAIT; man 7 socket, SO_SNDTIMEO",
                 .ask = "Q30, Q106"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob");
    you.run([&] {
        while (::send(you.fd(0), pattern(4096).data(), 4096, MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
        }
        kata::UniqueFd client{you.fd(1)};
        limits_sending(you.fd(0), {0, 200'000});
        expects_error(EAGAIN, [&] { passes(you.fd(0), std::move(client), 'c'); });
        limits_sending(you.fd(0), {0, 0});
        passes(you.fd(0), std::move(client), 'd');
    });
    you.time_passes(1s);
    ann.receives(ann.unread());
    ann.expects_descriptor("d", "ann's new end").sends("hello");
    bob.expects("hello");
    you.finishes();
}

TEST(Robust, SharesNothingBetweenTwoWires)
{
    for (const bool as_it_takes : {true, false}) {
        Learner you{{.rule = "two threads may pass descriptors at the same time, each over a wire of its own.",
                     .why = "A static buffer is one for all threads: the descriptor and the tag of one message stand where those "
                            "of the other were, and ann gets the client that was meant for bob.",
                     .read = "man 7 attributes, MT-Safe; C++ standard, [basic.stc.static]",
                     .ask = "Q76, Q106"}};
        Peer ann = you.unix_wire("ann"), bob = you.unix_wire("bob");
        Line carol{you, "carol"}, dan{you, "dan"};
        if (as_it_takes)
            you.nth(Family::reading, 1).returns_late();
        else
            you.nth(Family::writing, 1).pauses();
        you.run([&] {
            std::thread first{[&] { passes(you.fd(0), takes(you.fd(0), 'a'), 'A'); }};
            passes(you.fd(1), takes(you.fd(1), 'b'), 'B');
            first.join();
        });
        ann.passes("a", {carol.end.get()});
        ASSERT_TRUE(you.paused()); // the first thread: when its message has come, or before it sends its own
        bob.passes("b", {dan.end.get()});
        carol.end.reset();
        dan.end.reset();
        bob.expects_descriptor("B", "bob's new end").sends("hello");
        dan.peer.expects("hello");
        you.resume();
        ann.expects_descriptor("A", "ann's new end").sends("hello");
        carol.peer.expects("hello");
        you.finishes();
    }
}
