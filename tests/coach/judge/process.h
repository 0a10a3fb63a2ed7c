#pragma once

#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace coach {

// A program that runs beside us: in a process group of its own, without input, its output and errors in one pipe. Not copied.
class Process {
public:
    using Settings = std::vector<std::pair<std::string, const char*>>; // environment: name and value; nullptr: without it

    // Starts `command`. A program that cannot be started says so in its output and ends with 127. Throws std::system_error.
    Process(const std::vector<std::string>& command, const Settings& settings);
    ~Process(); // ends it
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    int fd() const { return fd_; } // to wait for: readable when it has said something, or has ended

    // Adds to `output` what is there, without waiting. False when it has ended, and all that it said was read.
    bool read(std::string& output);
    int exit_code() const { return exit_code_; } // 128 + the signal, as a shell has it; after read() was false

    // Ends it and everything that it started: Ctrl-C first, so that a build removes what is half done; after a second by force.
    void stop();

private:
    bool reap(bool wait);

    pid_t pid_ = -1;
    int fd_ = -1;
    int exit_code_ = -1;
};

long steady_ms(); // milliseconds of a clock that nobody sets

} // namespace coach
