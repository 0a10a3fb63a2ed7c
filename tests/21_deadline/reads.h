#pragma once

// What the tests of this exercise share: one call, what it gave, and whether it came back in time.
#include "21_deadline/deadline.h"
#include "lab/lab.h"

#include <algorithm>
#include <chrono>
#include <string>

using kata::Deadline;
using namespace std::chrono_literals;

inline Deadline in(std::chrono::nanoseconds time) { return std::chrono::steady_clock::now() + time; }

inline std::string microseconds(std::chrono::nanoseconds time) { return std::to_string(time / 1us) + " us"; }

// A timeout comes at the deadline, where that lay ahead; `reads` is what the calls of recv() may take of the scripted time.
inline void expects_in_time(Deadline begin, Deadline deadline, std::chrono::nanoseconds reads)
{
    const Deadline now = std::chrono::steady_clock::now(), due = std::max(begin, deadline);
    lab::expects(now >= due, "a timeout at the deadline", "one that came " + microseconds(due - now) + " before it");
    const std::chrono::nanoseconds most = 1ms + 200us + reads; // 200: looks at the clock cost a microsecond each
    lab::expects(now - due <= most, "a timeout at the deadline, or within a millisecond after it",
                 "one that came " + microseconds(now - due) + " after it");
}

// What recv_exactly_until() gives for `size` bytes: "hello, ok"; "hel, timeout". Four more bytes stand behind the span, and must
// stay as they are. `words` is for the diagram: "in 20 ms".
inline std::string until(int fd, std::size_t size, Deadline deadline, const std::string& words,
                         std::chrono::nanoseconds reads = {})
{
    constexpr const char* names[] = {"ok", "eof", "reset", "timeout"};
    std::string room = std::string(size, '.') + "####";
    const Deadline begin = std::chrono::steady_clock::now();
    const kata::IoResult result =
        lab::calls("recv_exactly_until(" + std::to_string(fd) + ", " + std::to_string(size) + " bytes, " + words + ")",
                   [&] { return kata::recv_exactly_until(fd, std::as_writable_bytes(std::span{room}.first(size)), deadline); });
    if (result.status == kata::IoStatus::timeout)
        expects_in_time(begin, deadline, reads);
    if (result.n > size)
        return "n is " + std::to_string(result.n) + ", more than there is room for";
    return (result.n > 100 ? std::to_string(result.n) + " bytes" : room.substr(0, result.n)) + ", " +
           names[static_cast<std::size_t>(result.status)] +
           (room.substr(size) == "####" ? "" : ", and wrote beyond the span: " + room.substr(size));
}

inline std::string until(int fd, std::size_t size, std::chrono::milliseconds limit)
{
    return until(fd, size, in(limit), "in " + std::to_string(limit.count()) + " ms");
}
