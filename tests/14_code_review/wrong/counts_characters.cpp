// Mistake: counts characters where the limit counts bytes
// Caught by: Hostile.KnowsTheLongestLine
// Says: asleep in recv(4), and nothing will ever wake it
#include "14_code_review/rest.h"

#include <algorithm>

namespace kata {

namespace {

std::size_t characters(const std::string& line)
{
    return static_cast<std::size_t>(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

bool is_too_long(const std::string& unfinished)
{
    return characters(unfinished) - (unfinished.ends_with('\r') ? 1 : 0) > max_message;
}

Verdict take(const std::string& line, const Talk& talk)
{
    if (characters(line) > max_message || !is_utf8(line))
        return Verdict::bad;
    if (line == "1")
        return Verdict::bye;
    talk.on_message(line);
    ++talk.stats.messages;
    return Verdict::more;
}

} // namespace kata
