#include "line_server.h"

#include <algorithm>

using namespace line_server;

TEST(Hostile, ServesTheNextAfterAReset)
{
    Learner you{{.rule = "a reset ends its client, and counts as aborted; half a line is no message.",
                 .why = "ECONNRESET is this client's end. Close it, count it, accept the next.",
                 .read = "man 2 recv, ERRORS; RFC 9293 section 3.5.3",
                 .ask = "Q38, Q42"}};
    serve(you, {"hello", "I am bob"}, {.clients = 2, .aborted = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\nhal");
    ann.resets();
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, HearsWhatWasSaidBeforeAReset)
{
    Learner you{{.rule = "a line that was complete before its client reset is a message; the error comes after it, from recv().",
                 .why =
                     "A client may say something and reset while it waits in your queue. Who asks for the error first, or reads "
                     "until the error before he looks at the lines, loses what he has.",
                 .read = "man 2 recv; man 7 socket, SO_ERROR; the contract of 05",
                 .ask = "Q38, Q42"}};
    const int door = you.listener();
    Peer ann = you.connect("ann");
    ann.sends("hello\nhal");
    ann.resets();
    serve_at(door, you, {"hello", "I am bob"}, {.clients = 2, .aborted = 1});
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, KeepsTheBytesOfOneFromTheNext)
{
    Learner you{
        {.rule = "what stands behind a client's \"1\" is thrown away: the next client begins with nothing.",
         .why = "You have read ahead. What is left in a buffer that outlives its client becomes the first words of the next.",
         .read = "the contract in code_review.h",
         .ask = "Q47, Q52"}};
    serve(you, {"I am bob"}, {.clients = 2});
    Peer ann = you.connect("ann");
    ann.sends("1\nleft behind\n\xFF\nby a"); // nor is it looked at
    ann.receives_all();
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, ClosesAClientThatSpeaksNoUtf8)
{
    Learner you{
        {.rule = "bytes that are not UTF-8 end their client: close it, do not leave it waiting.",
         .why = "The post's server leaves the loop without a close; the client hangs, and the socket stays open for ever.",
         .read = "RFC 3629 section 3; man 2 close",
         .ask = "Q46, Q50"}};
    serve(you, {"hello", "I am bob"}, {.clients = 4, .aborted = 3});
    for (const char* bad :
         {"hello\n\xFF\nleft behind", "\xE4\xBD\nleft\n", "\xED\xA0\x80\n"}) { // the first has said something before
        Peer ann = you.connect("ann");
        ann.sends(bad);
        ann.expects_close(); // a reset where bytes behind the line are unread
    }
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, LooksAtTheLastWordsToo)
{
    Learner you{{.rule = "a last line that is not UTF-8 is no message either, and its client counts as aborted.",
                 .why = "The end of the stream ends a line, not the rules: half a character stays half a character.",
                 .read = "RFC 3629 section 3",
                 .ask = "Q34, Q46"}};
    serve(you, {"hello", "I am bob"}, {.clients = 2, .aborted = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\n\xE4\xBD");
    ann.finishes_writing();
    ann.expects_end();
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, ClosesAClientWhoseLineNeverEnds)
{
    Learner you{{.rule = "a line may have max_message bytes; a longer one ends its client before it fills the memory.",
                 .why = "Nothing in the post's server is bounded. One client is enough.",
                 .read = "the contract in code_review.h",
                 .ask = "Q50"}};
    serve(you, {"hello", "I am bob"}, {.clients = 2, .aborted = 1});
    Peer ann = you.connect("ann");
    ann.sends("hello\n" + std::string(3 * kata::max_message, 'x'));
    ann.receives_all(); // the end, or a reset: bytes of it may be unread
    bob_is_heard(you);
    stop(you);
}

TEST(Hostile, KnowsTheLongestLine)
{
    std::string longest;
    while (longest.size() < kata::max_message)
        longest += "é"; // two bytes
    Learner you{
        {.rule = "max_message bytes are a message, with either ending; one byte more ends the client at once.",
         .why = "The ending is not part of the line, but half of one is. A character may have four bytes. And who looks at the "
                "limit only when a newline has come may wait for it for ever.",
         .read = "the contract in code_review.h",
         .ask = "Q50"}};
    serve(you, {longest, longest, longest}, {.clients = 4, .aborted = 3});
    Peer ann = you.connect("ann");
    ann.sends(longest + "\n" + longest + "\r");
    ann.sends("\n" + longest + "x"); // and then says nothing
    ann.receives_all();
    Peer eve = you.connect("eve");
    eve.sends(longest + "x\nleft behind");
    eve.receives_all();
    Peer bob = you.connect("bob");
    bob.sends(longest);
    bob.closes();
    Peer dave = you.connect("dave");
    dave.sends(longest + "\r"); // no "\n" comes behind it
    dave.closes();
    stop(you);
}

TEST(Hostile, ServesInTheOrderOfTheQueue)
{
    Learner you{{.rule = "an iterative server serves one client at a time; those who wait lose nothing.",
                 .why = "bob's bytes wait in the kernel while eve is silent. 27 and 28 cure this; here it is the contract.",
                 .read = "man 2 accept, DESCRIPTION; man 2 listen, NOTES",
                 .ask = "Q18, Q52"}};
    serve(you, {"I am bob"}, {.clients = 2});
    Peer eve = you.connect("eve");
    Peer bob = you.connect("bob");
    bob.sends("I am bob\n1\n");
    bob.expects_silence();
    eve.closes();
    bob.expects_end();
    stop(you);
}

TEST(Hostile, GivesAClientAllTheTimeThatItWants)
{
    Learner you{{.rule = "a client may think for weeks, also in the middle of a line: here is no time limit.",
                 .why = "SO_RCVTIMEO ends a recv() with EAGAIN: nothing has come yet, and no more than that.",
                 .read = "man 7 socket, SO_RCVTIMEO",
                 .ask = "Q54, Q58"}};
    serve(you, {"hello"}, {.clients = 1});
    Peer ann = you.connect("ann");
    for (const char* words : {"hel", "lo\n"}) {
        you.time_passes(10min);
        if (you.waits_in_vain() == 0)  // else it looks up now and then, has no such limit, and each look costs time
            you.time_passes(25 * 24h); // more milliseconds than an int has
        ann.sends(words);
    }
    ann.closes();
    stop(you);
}

// The last one: whatever has a lesson of its own comes before it.
TEST(Hostile, TellsOrServesWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: one client is aborted, or the errno of accept() is told; nothing stays open.",
        .why = "recv() can fail for want of memory, too. It ends its client, as a reset does, and not the server.",
        .read = "man 2 recv, ERRORS; man 2 accept, ERRORS",
        .ask = "Q71, Q75"};
    whichever_call_fails([&] {
        Learner you{lesson};
        const int door = you.listener();
        you.run([&] {
            kata::ChatStats stats{.clients = 2, .messages = 2}; // where an error is told, nobody counts
            const bool served =
                told_or_done([&] { stats = kata::run_line_server(kata::UniqueFd{door}, [](std::string_view) {}); });
            const std::vector<CallRecord> calls = you.calls();
            const auto has_failed = [&](const std::function<bool(Family)>& is_meant) {
                return std::any_of(calls.begin(), calls.end(), [&](const CallRecord& call) {
                    return call.error != 0 && call.error != EINTR && call.error != EAGAIN && is_meant(family_of(call.call));
                });
            };
            const bool of_a_client = has_failed([](Family family) { return family == Family::reading; });
            expects(served || !of_a_client, "an error of a client's socket ends that client", "it ended your server");
            // What else an answer needs for a client, to wait for one, may end that client, too, or the server.
            const bool of_another = has_failed([](Family family) { return family != Family::accepting; });
            EXPECT_EQ(2u, stats.clients) << "the number of clients";
            EXPECT_EQ(of_a_client || (of_another && stats.aborted != 0) ? 1u : 0u, stats.aborted)
                << "the number of aborted clients";
            expects_closed(door, "when the function is over");
        });
        for (const char* name : {"ann", "bob"}) {
            Peer client = you.connect(name);
            client.sends("hello\n");
            client.closes();
        }
        stop(you);
    });
}
