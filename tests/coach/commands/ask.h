#pragma once

#include "coach/terminal/console.h"

#include <string>

namespace coach {

// The time of an interview, from its making. Steady: setting the machine's clock does not change it.
class Clock {
public:
    explicit Clock(long limit_seconds);
    long seconds() const; // that have passed
    bool is_over() const { return seconds() >= limit_; }
    std::string text() const; // 12:30 of 45:00

private:
    long begin_, limit_;
};
std::string minutes_and_seconds(long seconds); // 12:30

// Shows `prompt`, with the clock before it, and waits for one of `keys`; Enter is '\n'. Other keys are passed over. Gives 0 when
// the clock is over. Throws Interrupted.
char ask(const Console& console, const std::string& prompt, const std::string& keys, const Clock* clock = nullptr);

} // namespace coach
