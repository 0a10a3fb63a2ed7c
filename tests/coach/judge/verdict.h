#pragma once

#include <string>
#include <vector>

namespace coach {

enum class State {
    unknown, // never checked
    green,
    red,
    unwritten, // the stub: not attempted is not wrong
    does_not_compile,
    broken, // the build or the machine; not the learner's answer
};

struct Verdict {
    State state = State::unknown;
    int passed = 0, total = 0;        // tests; passed counts up to the first that failed
    std::string test;                 // the one that failed: Robust.RebindsAfterARestart
    std::string text;                 // the lesson, or the compiler's words, or what went wrong with the machine
    std::string warnings;             // of the compiler, about the answer
    std::vector<std::string> skipped; // why tests were skipped, each reason once

    bool is_green() const { return state == State::green; }
};

// Reads what a test executable prints (gtest's lines, and the lab's lessons between them) as it comes.
class Reader {
public:
    void read(const std::string& piece);
    bool decided() const { return decided_; } // a test has failed: what follows changes nothing
    int passed() const { return verdict_.passed; }
    int total() const { return verdict_.total; } // 0: it has not said so yet, or has none
    bool is_empty() const { return says_none_; } // it has said that it runs no test
    Verdict verdict(int exit_code) const;        // after the end, or when decided

private:
    void line(const std::string& line);

    Verdict verdict_;
    std::string rest_, story_, other_;
    bool in_test_ = false, decided_ = false, says_none_ = false;
};

std::string in_words(const Verdict& verdict); // green, 7 of 12 tests, not written

} // namespace coach
