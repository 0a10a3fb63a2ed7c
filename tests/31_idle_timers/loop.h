#pragma once

// What the tests of this exercise do in the learner's process: an event loop that watches nothing but the timer.
#include "31_idle_timers/idle_timers.h"

#include "lab/lab.h"

#include <algorithm>
#include <optional>
#include <poll.h>

namespace idle {

using namespace lab;
using Clock = kata::IdleTimers::Clock;
using std::chrono::milliseconds;

constexpr Limits hours{.own_time = std::chrono::hours{100}}; // that may pass
constexpr kata::IdleLimits idle_30s{30'000, 86'400'000}, head_60s{30'000, 60'000};

// "7 and 8", by number; "nobody".
inline std::string in_words(std::vector<int> fds)
{
    std::sort(fds.begin(), fds.end());
    std::string words;
    for (const int fd : fds)
        words += (words.empty() ? "" : " and ") + std::to_string(fd);
    return words.empty() ? "nobody" : words;
}

// All moments are counted from its begin. The calls with a moment are at that moment, whatever the clock says by then; those
// without one are made now.
class Loop {
public:
    explicit Loop(const kata::IdleLimits& limits) : begin_{Clock::now()}
    {
        calls("IdleTimers{" + std::to_string(limits.idle_ms) + ", " + std::to_string(limits.head_ms) + "}",
              [&] { timers_.emplace(limits); });
        timer_ = {timers().fd(), POLLIN, 0};
    }
    kata::IdleTimers& timers() { return *timers_; }

    void add(int fd) { add(fd, Clock::now() - begin_); }
    void touch(int fd) { touch(fd, Clock::now() - begin_); }
    void add(int fd, Clock::duration at)
    {
        calls("add(" + std::to_string(fd) + ", " + words(at) + ")", [&] { timers().add(fd, begin_ + at); });
    }
    void touch(int fd, Clock::duration at)
    {
        calls("touch(" + std::to_string(fd) + ", " + words(at) + ")", [&] { timers().touch(fd, begin_ + at); });
    }
    void got_head(int fd)
    {
        calls("got_head(" + std::to_string(fd) + ")", [&] { timers().got_head(fd); });
    }
    void remove(int fd)
    {
        calls("remove(" + std::to_string(fd) + ")", [&] { timers().remove(fd); });
    }
    std::vector<int> expire(Clock::duration at)
    {
        std::vector<int> due;
        calls("expire(" + words(at) + ")", [&] {
            due = timers().expire(begin_ + at);
            return idle::in_words(due);
        });
        return due;
    }
    void expires(const std::string& who, Clock::duration at, int line = __builtin_LINE())
    {
        const std::string came = idle::in_words(expire(at));
        expects(came == who, "expire(" + words(at) + ") says: " + who, came, __FILE__, line);
    }

    // Runs until that moment: asleep until the timer rings, then it asks who is due.
    void runs_until(Clock::duration end)
    {
        for (Clock::duration left{}; (left = begin_ + end - Clock::now()) > Clock::duration{0};) {
            if (::poll(&timer_, 1, static_cast<int>(std::chrono::ceil<milliseconds>(left).count())) != 1)
                continue;
            const Clock::duration at = Clock::now() - begin_;
            const std::vector<int> due = expire(at);
            rings_in_vain_ += due.empty() ? 1 : 0;
            if (!due.empty())
                log_ += (log_.empty() ? "" : ", ") + idle::in_words(due) + " at " + words(at);
            if (rings_in_vain_ > 20)
                break; // it would go on for ever
        }
    }
    // Who was due while it ran, and when: "7 at 30000 ms, 8 and 9 at 40000 ms".
    void expects_due(const std::string& all, int most_in_vain = 0, int line = __builtin_LINE())
    {
        expects(log_ == all, all.empty() ? "nobody is due" : "due: " + all, log_.empty() ? "nobody" : log_, __FILE__, line);
        expects(rings_in_vain_ <= most_in_vain, "the timer rings in vain at most " + std::to_string(most_in_vain) + " times",
                std::to_string(rings_in_vain_) + " times", __FILE__, line);
    }
    // Whether the timer can be read now.
    bool rings() { return ::poll(&timer_, 1, 0) == 1 && timer_.revents == POLLIN; }
    void expects_ringing(bool expected, int line = __builtin_LINE())
    {
        const char* const is[] = {"the timer is silent", "the timer can be read"};
        expects(rings() == expected, is[expected ? 1 : 0], is[expected ? 0 : 1], __FILE__, line);
    }

private:
    static std::string words(Clock::duration at) { return std::to_string(std::chrono::floor<milliseconds>(at).count()) + " ms"; }

    Clock::time_point begin_;
    std::optional<kata::IdleTimers> timers_;
    pollfd timer_{}; // asked for once: an epoll would know only this one
    std::string log_;
    int rings_in_vain_ = 0;
};

} // namespace idle
