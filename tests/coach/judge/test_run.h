#pragma once

#include "coach/judge/process.h"
#include "coach/judge/verdict.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coach {

// The tests of one answer, to the first that fails. They run in several processes at once, for the machine has several cores:
// GoogleTest gives each every n-th test (GTEST_TOTAL_SHARDS). The verdict is that of one process that runs them all in turn.
class TestRun {
public:
    TestRun(const std::vector<std::string>& command, const EnvironmentChanges& settings, const std::optional<Limits>& limits,
            int processes);
    ~TestRun();
    TestRun(const TestRun&) = delete;
    TestRun& operator=(const TestRun&) = delete;

    int fd() const { return epoll_; } // readable when one of them has said something, or has ended
    // Reads what is there, without waiting, and adds to `heard` how many bytes it was. False when the verdict is certain.
    bool advance(std::size_t& heard);
    Verdict verdict() const; // when advance() has said so
    void stop();

private:
    struct Part {
        Part(const std::vector<std::string>& command, const EnvironmentChanges& settings, const std::optional<Limits>& limits)
            : process{command, settings, limits}
        {
        }
        Process process;
        Reader reader;
        bool runs = true;
    };

    int place(std::size_t part) const; // among all tests: that of the one that the part has come to
    std::optional<std::size_t> first_red() const;
    bool is_certain() const;

    int epoll_;
    std::vector<std::unique_ptr<Part>> parts_;
};

int processes_at_once(); // as many as there are cores, four at most

} // namespace coach
