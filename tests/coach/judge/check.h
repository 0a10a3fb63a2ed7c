#pragma once

#include "coach/judge/process.h"
#include "coach/judge/test_run.h"
#include "coach/judge/verdict.h"
#include "coach/tree/project.h"

#include <optional>
#include <string>

namespace coach {

// Stamps of what a verdict is about.
struct Stamps {
    std::uint64_t answer = 0, tests = 0;
    bool operator==(const Stamps&) const = default;
};
Stamps stamps_of(const Project& project, const Exercise& exercise);

EnvironmentChanges for_the_build(); // environment of a build that kata starts

// One check of one answer: CMake builds it, its test executable judges it. It goes on by itself, whenever advance() is called:
// wait until fd() is readable, or a tenth of a second.
class Check {
public:
    // What is built and run: by default the exercise's own executable, all tests, to the first that fails.
    struct What {
        std::string target, executable, file, filter;
        long silence_ms = 60000;           // a test program that says nothing for so long is ended; with KATA_PATIENT set, never
        std::optional<Limits> limits = {}; // for an answer that is not ours: build and tests have a keeper
    };

    Check(const Project& project, const Exercise& exercise, const std::optional<Limits>& limits = {});
    Check(const Project& project, const What& what);

    int fd() const { return tests_ ? tests_->fd() : build_->fd(); }
    bool advance(); // false when the verdict is there
    const Verdict& verdict() const { return verdict_; }
    const Stamps& stamps() const { return stamps_; } // as they were when it began

private:
    void built();
    void check_patience(const std::string& who, long silence_ms); // -1: there is no end to it

    const Project& project_;
    What what_;
    Stamps stamps_;
    std::string width_;
    std::optional<Process> build_;
    std::optional<TestRun> tests_; // after it
    long heard_ms_;
    std::size_t heard_bytes_ = 0;
    std::string output_;
    Verdict verdict_;
};

} // namespace coach
