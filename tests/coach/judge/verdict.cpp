#include "coach/judge/verdict.h"

#include "coach/terminal/text.h"

#include <algorithm>
#include <cstdlib>

namespace coach {

void Reader::read(const std::string& piece)
{
    rest_ += piece;
    std::size_t begin = 0;
    for (std::size_t end = 0; !decided_ && (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1)
        line(rest_.substr(begin, end - begin));
    rest_.erase(0, begin);
}

void Reader::line(const std::string& line)
{
    constexpr std::string_view running = "[==========] Running ", run = "[ RUN      ] ", ok = "[       OK ] ",
                               failed = "[  FAILED  ] ", skipped = "[  SKIPPED ] ", reason = "skipped: ";
    if (line.starts_with(running)) {
        verdict_.total = std::atoi(line.c_str() + running.size());
        says_none_ = verdict_.total == 0;
    } else if (line.starts_with(run)) {
        in_test_ = true;
        story_.clear();
    } else if (in_test_ && (line.starts_with(ok) || line.starts_with(skipped))) {
        in_test_ = false;
        ++verdict_.passed;
    } else if (in_test_ && line.starts_with(failed)) {
        decided_ = true;
        verdict_.test = line.substr(failed.size(), line.find_first_of(" ,", failed.size()) - failed.size());
    } else if (in_test_ && line.starts_with(reason)) {
        const std::string why = line.substr(reason.size());
        if (std::find(verdict_.skipped.begin(), verdict_.skipped.end(), why) == verdict_.skipped.end())
            verdict_.skipped.push_back(why);
    } else {
        (in_test_ ? story_ : other_) += line + "\n";
    }
}

Verdict Reader::verdict(int exit_code) const
{
    Verdict result = verdict_;
    if (decided_) {
        const std::string story = trimmed(story_);
        const bool unwritten = story.find(": not written yet. Open ") != std::string::npos;
        result.state = unwritten ? State::unwritten : State::red;
        result.text = story + "\n";
    } else if (exit_code == 1 && result.total == 0 &&
               !trimmed(other_).empty()) { // of one test alone, the lesson is all that is printed
        result.state = State::red;
        result.text = trimmed(other_) + "\n";
        result.total = 1;
    } else if (exit_code == 0 && result.total > 0 && result.passed == result.total) {
        result.state = State::green;
    } else {
        result.state = State::broken;
        result.text = trimmed(other_ + story_ + rest_);
        result.text += (result.text.empty() ? "" : "\n") + std::string{"The test program ended with "} +
                       std::to_string(exit_code) + (result.total == 0 ? " and ran no test.\n" : " before its tests were over.\n");
    }
    return result;
}

std::string in_words(const Verdict& verdict)
{
    switch (verdict.state) {
    case State::green: return "green";
    case State::red: return std::to_string(verdict.passed) + " of " + std::to_string(verdict.total) + " tests";
    case State::unwritten: return "not written";
    case State::does_not_compile: return "does not compile";
    case State::broken: return "could not be checked";
    case State::unknown: break;
    }
    return "not checked yet";
}

} // namespace coach
