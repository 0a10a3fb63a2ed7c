#include "coach/commands/ask.h"

#include "coach/commands/command.h"
#include "coach/judge/process.h"

#include <cstdio>

namespace coach {

Clock::Clock(long limit_seconds) : begin_{steady_ms()}, limit_{limit_seconds} {}

long Clock::seconds() const { return (steady_ms() - begin_) / 1000; }

std::string Clock::text() const { return minutes_and_seconds(seconds()) + " of " + minutes_and_seconds(limit_); }

std::string minutes_and_seconds(long seconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%02ld:%02ld", seconds / 60, seconds % 60);
    return text;
}

char ask(const Console& console, const std::string& prompt, const std::string& keys, const Clock* clock)
{
    constexpr int tick_ms = 200;
    std::string shown;
    for (;;) {
        const std::string line = (clock == nullptr ? "" : clock->text() + "  ") + prompt;
        if (line != shown)
            show((shown.empty() ? "" : "\r\033[K") + line);
        shown = line;
        const Event event = console.wait({}, clock == nullptr ? -1 : tick_ms);
        const char key = event.key == '\r' ? '\n' : event.key;
        const bool is_asked_for = event.kind == Event::Kind::key && keys.find(key) != std::string::npos;
        const bool is_over = clock != nullptr && clock->is_over();
        if (event.kind == Event::Kind::interrupted || is_asked_for || is_over)
            show("\n");
        if (event.kind == Event::Kind::interrupted)
            throw Interrupted{event.signal};
        if (is_asked_for)
            return key;
        if (is_over)
            return 0;
    }
}

} // namespace coach
