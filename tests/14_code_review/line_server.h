#pragma once

// What the tests of the line server say again and again.
#include "14_code_review/code_review.h"
#include "lab/lab.h"

#include <vector>

namespace line_server {

using namespace lab;

using Messages = std::vector<std::string>;

// Runs the server on the test's listener until the test shuts it down, and checks what it delivered and counted.
inline void serve_at(int door, Learner& you, const Messages& expected, kata::ChatStats counts)
{
    counts.messages = expected.size();
    you.run([=] {
        Messages came;
        const auto keep = [&](std::string_view message) { came.emplace_back(message); };
        const kata::ChatStats stats = kata::run_line_server(kata::UniqueFd{door}, keep);
        EXPECT_EQ(expected, came) << "the messages that your server passed on";
        EXPECT_EQ(counts.clients, stats.clients) << "the number of clients";
        EXPECT_EQ(counts.messages, stats.messages) << "the number of messages";
        EXPECT_EQ(counts.aborted, stats.aborted) << "the number of aborted clients";
        expects_closed(door, "when the function is over");
    });
}

inline void serve(Learner& you, const Messages& expected, const kata::ChatStats& counts)
{
    serve_at(you.listener(), you, expected, counts);
}

inline void stop(Learner& you)
{
    you.shuts_down_listener();
    you.finishes();
}

// A client like any other: the proof that the server goes on, and that nobody else's bytes are in the way.
inline void bob_is_heard(Learner& you)
{
    Peer bob = you.connect("bob");
    bob.sends("I am bob\n");
    bob.closes();
}

} // namespace line_server
