#pragma once

#include "11_tcp_client/tcp_client.h"
#include "lab/lab.h"

#include <chrono>
#include <sstream>
#include <stdexcept>

// What the tests of both functions share: their results in words.
namespace script {

using namespace std::chrono_literals;

// All buffers between the two together hold less than `much`.
constexpr lab::WireOptions narrow{16384, 16384, 16384, 16384};
inline const std::string much = lab::pattern(150'000);

// A long text has a name here, so that whoever got something else sees what.
inline std::string in_short(std::string text)
{
    const std::string name = "<" + std::to_string(much.size()) + " bytes>";
    for (std::size_t at = 0; (at = text.find(much, at)) != std::string::npos;)
        text.replace(at, much.size(), name);
    return text.size() < 200 ? text : text.substr(0, 40) + "... (" + std::to_string(text.size()) + " bytes)";
}

// exchange(), and what it returned in words: "pong, finished".
inline std::string exchange(int fd, std::string_view request, int limit_ms = 10'000)
{
    const std::string call =
        "exchange(" + std::to_string(fd) + ", " + std::to_string(request.size()) + " bytes, " + std::to_string(limit_ms) + " ms)";
    return lab::calls(call, [&] {
        const kata::Answer answer = kata::exchange(fd, lab::bytes(request), limit_ms);
        const char* end = answer.end == kata::End::finished ? "finished" : answer.end == kata::End::reset ? "reset" : "timed out";
        return in_short(std::string{lab::text(answer.bytes)}) + ", " + end;
    });
}

// One millisecond more for each exchange is the rounding of a wait that counts in whole ones.
inline void expects_to_take(const lab::Learner& you, std::chrono::milliseconds limit, std::chrono::milliseconds rounding = 1ms,
                            const char* file = __builtin_FILE(), int line = __builtin_LINE())
{
    const auto took = you.took();
    lab::expects(took >= limit && took <= limit + rounding, "it is over after " + std::to_string(limit.count()) + " ms",
                 "it was over after " + std::to_string(took.count()) + " ms", file, line);
}

// run_client(), and what it printed.
inline std::string converse(const lab::Host& server, const std::string& input)
{
    std::istringstream in{input};
    std::ostringstream out;
    try {
        lab::calls("run_client(" + std::to_string(input.size()) + " bytes of input)",
                   [&] { kata::run_client(kata::parse_endpoint(server.address()), in, out); });
    } catch (const std::runtime_error&) {
        out << "(and threw)";
    }
    return in_short(out.str());
}

} // namespace script
