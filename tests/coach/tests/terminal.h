#pragma once

#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace coach_tests {

using Environment = std::vector<std::pair<std::string, std::string>>;

// A program in a terminal, 80 columns wide, and a person before it. Nothing here waits for time: each wait is for what appears,
// and is given up after a minute.
class Terminal {
public:
    Terminal(const std::vector<std::string>& command, const std::string& folder, const Environment& environment);
    ~Terminal(); // ends the program, if it still runs
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // Waits until `text` appears behind what was seen last.
    bool sees(const std::string& text);
    void types(const std::string& keys) const; // "\x03" is Ctrl-C
    void becomes_wide(unsigned short columns) const;
    int ends();                                           // waits; the exit status, 128 + the signal, or -1 when it does not end
    bool echoes() const;                                  // the terminal is as a shell wants it
    const std::string& screen() const { return screen_; } // everything so far, without carriage returns

private:
    bool read_more(); // false: nothing came in time, or the program has closed the terminal

    pid_t pid_ = -1;
    int keyboard_ = -1; // our end
    std::string screen_;
    std::size_t seen_ = 0;
};

// A program without a terminal, to its end.
struct Ended {
    int status = 0;
    std::string said;
};
Ended run(const std::vector<std::string>& command, const std::string& folder, const Environment& environment);

} // namespace coach_tests
