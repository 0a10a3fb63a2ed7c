#pragma once

#include "coach/judge/keeper.h"

#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace coach {

using EnvironmentChanges = std::vector<std::pair<std::string, const char*>>; // environment: name and value; nullptr: without it

// A pipe whose ends are closed on exec. Throws std::system_error. Not copied.
struct Pipe {
    Pipe();
    ~Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    static void close(int& end); // which is -1 then

    int from = -1, to = -1;
};

// Starts `command` in a process group of its own, with a keeper where there are `limits`. A program that cannot be started says
// so on `streams.err` and ends with 127. Throws std::system_error.
struct Streams {
    int in, out, err; // in: -1 is an empty one
};
pid_t start(const std::vector<std::string>& command, const EnvironmentChanges& settings, const Streams& streams,
            const std::optional<Limits>& limits);

// A program that runs beside us: without input, its output and errors in one pipe. Not copied.
class Process {
public:
    Process(const std::vector<std::string>& command, const EnvironmentChanges& settings,
            const std::optional<Limits>& limits = {});
    ~Process(); // ends it
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    int fd() const { return pipe_.from; } // to wait for: readable when it has said something, or has ended

    // Adds to `output` what is there, without waiting. False when it has ended, and all that it said was read.
    bool read(std::string& output);
    int exit_code() const { return exit_code_; } // 128 + the signal, as a shell has it; after read() was false

    // Ends it and everything that it started: Ctrl-C first, so that a build removes what is half done; after a second by force.
    void stop();

private:
    bool reap(bool wait);

    pid_t pid_ = -1;
    Pipe pipe_;
    int exit_code_ = -1;
};

long steady_ms(); // milliseconds of a clock that nobody sets

} // namespace coach
