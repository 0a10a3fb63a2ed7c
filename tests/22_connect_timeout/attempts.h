#pragma once

// What the tests of this exercise share: one attempt, and what came of it.
#include "22_connect_timeout/connect_timeout.h"
#include "lab/lab.h"

#include <chrono>
#include <string>
#include <system_error>

constexpr int an_hour = 3'600'000; // milliseconds

inline kata::UniqueFd connect(const lab::Host& to, int limit_ms)
{
    const kata::Endpoint endpoint = kata::parse_endpoint(to.address());
    return lab::calls("connect_with_timeout(a host, " + std::to_string(limit_ms) + " ms)",
                      [&] { return kata::connect_with_timeout(endpoint, limit_ms); });
}

// "no error", or the errno that it threw, by name.
inline std::string outcome(const lab::Host& to, int limit_ms)
{
    return lab::error_of([&] { connect(to, limit_ms); });
}

// ECONNREFUSED, or what came instead of it; any other error is let through.
inline std::string refusal_of(const lab::Host& host)
{
    try {
        connect(host, an_hour);
        return "a socket, as if it were connected";
    } catch (const std::system_error& e) {
        if (e.code().value() != ECONNREFUSED)
            throw;
        return "ECONNREFUSED";
    }
}

// The learner's own time, to the millisecond; poll() may add one.
inline void expects_took(const lab::Learner& you, std::chrono::milliseconds time, const std::string& words)
{
    lab::expects(you.took() == time || you.took() == time + std::chrono::milliseconds{1}, words,
                 "it came back after " + std::to_string(you.took().count()) + " ms");
}
// The same for an attempt in the middle of the body, and to the microsecond: not before; poll() may add a millisecond.
inline void expects_timeout(const lab::Host& mute, int limit_ms, std::chrono::microseconds due, const std::string& words)
{
    using std::chrono::microseconds;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ("ETIMEDOUT", outcome(mute, limit_ms));
    const auto took = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
    lab::expects(took >= due && took <= due + microseconds{1200}, words, // 200: looks at the clock cost a microsecond each
                 "it came back after " + std::to_string(took.count()) + " us");
}
// A socket that was given up counts as one: the server may have seen it.
inline void expects_one_attempt(const lab::Learner& you)
{
    const int made = you.count(lab::Call::socket);
    lab::expects(made <= 1, "one attempt: one socket", std::to_string(made) + " sockets");
}
inline void expects_no_wait(const lab::Learner& you)
{
    lab::expects(you.took() == std::chrono::milliseconds{0}, "it comes back at once: no time passes",
                 "it came back after " + std::to_string(you.took().count()) + " ms");
}
