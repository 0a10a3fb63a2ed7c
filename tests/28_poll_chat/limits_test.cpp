// What may wait, and how long a line may be.
#include "room.h"

using namespace room;

namespace {

// One says a line of so many bytes, with its end, and the other hears it.
std::string says(Peer& one, Peer& other, std::size_t bytes)
{
    const std::string line = pattern(bytes - 1) + '\n';
    one.sends(line);
    other.expects(line);
    return line;
}

// Says lines until something waits for the client with this descriptor; returns all that was said.
std::string fills(Learner& you, int fd, Peer& one, Peer& other)
{
    std::string said;
    do {
        said += says(one, other, 4000);
        you.settles();
    } while (said.size() < 1'000'000 && said.size() == you.bytes_given(fd) && is_open(you, fd));
    return said;
}

} // namespace

TEST(Robust, WaitsForNobody)
{
    for (const bool is_half_closed : {false, true}) {
        Learner you{{.rule = "a client who does not read holds up nobody. When it reads again, it gets everything in order.",
                     .why = "A send() that blocks stops the only thread there is. With EAGAIN the rest waits in the client's "
                            "queue, also for one who has ended its stream: POLLOUT says when there is room.",
                     .read = "man 2 send, EAGAIN; man 2 poll, POLLOUT",
                     .ask = "Q57, Q69"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
        chats_narrowly(you, {});
        Peer eve = you.connect("eve", reads_little);
        ann.expects_silence();
        std::string said = fills(you, descriptor_of(you, 2), ann, bob);
        for (int i = 0; i < 5; ++i)
            said += says(ann, bob, 4000);
        if (is_half_closed)
            eve.finishes_writing();
        std::size_t heard = 0;
        for (; !is_half_closed && heard + 8000 < said.size(); heard += 4000) { // now and then there is room, but not for all
            eve.expects(said.substr(heard, 4000));
            said += says(ann, bob, 100);
        }
        eve.expects(said.substr(heard));
        const int waits = you.count(Family::waiting);
        ann.sends("awake?\n");
        eve.expects("awake?\n");
        bob.expects("awake?\n");
        EXPECT_LE(you.count(Family::waiting) - waits, 3) << "calls of poll() for one line, after the queue was empty again";
        ends(you, owner);
    }
}

TEST(Robust, DropsTheSlowAtTheLimit)
{
    constexpr std::size_t most = 20'000;
    for (const bool is_half_closed : {false, true}) {
        Learner you{
            {.rule = "max_queue bytes may wait for a client, and one more closes it. Nobody else notices.",
             .why = "Without a limit one client who sleeps takes all the memory. What waits is what its kernel did not take.",
             .read = "man 2 send, EAGAIN",
             .ask = "Q57, Q69"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
        chats_narrowly(you, {"a late one was too slow"}, {.max_line = most, .max_queue = most});
        Peer eve = you.connect("eve", reads_little);
        ann.expects_silence();
        if (is_half_closed)
            eve.finishes_writing();
        const int hers = descriptor_of(you, 2);
        std::string said = fills(you, hers, ann, bob);
        std::size_t waiting = said.size() - you.bytes_given(hers);
        while (is_open(you, hers) && waiting <= most && said.size() < 1'000'000) {
            const std::size_t room = most - waiting;
            said += says(ann, bob, room > 0 ? room : 1);
            you.settles();
            waiting = said.size() - you.bytes_given(hers);
        }
        EXPECT_FALSE(is_open(you, hers)) << waiting << " bytes wait for eve, max_queue is " << most
                                         << ", and she was not dropped";
        const std::string heard = eve.receives_all();
        EXPECT_EQ(most + 1, said.size() - heard.size()) << "bytes waited for eve when she was dropped";
        EXPECT_EQ(said.substr(0, heard.size()), heard);
        talk(ann, bob);
        ends(you, owner);
    }
}

TEST(Robust, TriesBeforeItCounts)
{
    Learner you{{.rule = "the limit is for what the kernel does not take: more than max_queue bytes in one turn are no reason.",
                 .why = "A client that reads is not slow because somebody else says much at once. A send() that takes a part has "
                        "not said no yet.",
                 .read = "man 2 send; man 2 write, RETURN VALUE",
                 .ask = "Q29, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    you.every(Family::writing).moves_at_most(400);
    chats(you, {}, {.max_line = 1000, .max_queue = 100});
    std::string much;
    for (int i = 0; i < 40; ++i)
        much += pattern(static_cast<std::size_t>(20 * i)) + '\n';
    ann.sends(much);
    bob.expects(much);
    ends(you, owner);
}

TEST(Robust, TriesAgainWhoHasRead)
{
    constexpr std::size_t most = 8000;
    Learner you{{.rule = "who was slow, and has read all of it by now, has room again: send first, and count then, in any turn.",
                 .why = "poll() tells both in one turn: what one has said, and that the other has room. What waits there from "
                        "before is no longer what its kernel does not take.",
                 .read = "man 2 poll, POLLOUT; man 2 send, EAGAIN",
                 .ask = "Q57, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats_narrowly(you, {"bob was lost"}, {.max_line = most, .max_queue = most}, 65'536, "bob");
    Peer eve = you.connect("eve", reads_little);
    ann.expects_silence();
    const int hers = descriptor_of(you, 2);
    const std::string said = fills(you, hers, ann, bob);
    bob.resets();
    ASSERT_TRUE(you.paused()); // in the log. Meanwhile:
    const std::size_t taken = you.bytes_given(hers);
    eve.expects(said.substr(0, taken));
    eve.sends("go on\n"); // which acknowledges it, too
    const std::string more = pattern(most - (said.size() - taken)) + '\n';
    ann.sends(more);
    you.resume();
    eve.expects(said.substr(taken) + more);
    ann.expects("go on\n");
    talk(ann, eve);
    ends(you, owner);
}

TEST(Robust, CountsNothingForASignal)
{
    Learner you{{.rule = "EINTR of send() is no word about room: try again before you count what waits.",
                 .why = "Nothing was taken, and nothing was refused. The client reads, its kernel has room for all of it, and a "
                        "signal is no reason to close it.",
                 .read = "man 2 send, ERRORS, EINTR; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q88, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    you.nth(Family::writing, 1).fails(EINTR);
    chats(you, {}, {.max_line = 1000, .max_queue = 100});
    says(ann, bob, 500);
    ends(you, owner);
}

TEST(Robust, KnowsTheLongestLine)
{
    Learner you{{.rule = "a line of max_line bytes is fine, and its \"\\n\" does not count. One byte more is too much.",
                 .why = "The limit is for what is kept of a line that has no end yet. It must not depend on how the line comes.",
                 .read = "RFC 9293 section 2.2",
                 .ask = "Q50"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol"),
         dan = comes(you, "dan");
    chats(you, {"bob said too much", "carol said too much"}, {.max_line = 16});
    ann.sends("0123456789abcdef\n");
    dan.expects("0123456789abcdef\n");
    ann.sends("16 bytes so far.");
    dan.expects_silence();
    ann.sends("\n\n");
    dan.expects("16 bytes so far.\n\n");
    bob.sends("first\n0123456789abcdefg\nlast\n");
    dan.expects("first\n");
    ann.expects("first\n");
    bob.receives_all();
    carol.sends("0123456789");
    carol.sends("abcdefg");
    carol.receives_all();
    dan.expects_silence();
    talk(ann, dan);
    ends(you, owner);
}

TEST(Robust, TakesTheLargestLimit)
{
    Learner you{{.rule = "a limit may be the largest number of its type: then there is none.",
                 .why = "One more than that is 0. Subtract, or compare without adding: if (size > most).",
                 .read = "C++ standard, [basic.fundamental]: unsigned arithmetic wraps",
                 .ask = "Q50"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats(you, {}, {.max_line = SIZE_MAX, .max_queue = SIZE_MAX});
    says(ann, bob, 10'000);
    talk(ann, bob);
    ends(you, owner);
}

TEST(Robust, TakesTheSmallestLimit)
{
    Learner you{
        {.rule = "a limit may be 0: an empty line is no longer than that, and who takes all at once has nothing waiting.",
         .why = "0 is a number like any other here. Who takes it for \"no limit\" has none when somebody wants the least.",
         .read = "RFC 9293 section 2.2; man 2 send",
         .ask = "Q50, Q69"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
    chats(you, {"carol said too much"}, {.max_line = 0, .max_queue = 0});
    ann.sends("\n\n");
    bob.expects("\n\n");
    carol.expects("\n\n");
    carol.sends("\nx");
    carol.expects_close();
    bob.expects("\n");
    ann.expects("\n");
    bob.sends("\n");
    ann.expects("\n");
    ends(you, owner);
}
