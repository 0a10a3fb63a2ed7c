#pragma once

#include "coach/judge/process.h"

#include <cstddef>
#include <poll.h>
#include <string>
#include <string_view>
#include <vector>

namespace coach {

// A program of somebody else's, with its three streams, and a keeper. Nothing here waits; nothing that it started outlives it.
// Not copied.
class Program {
public:
    enum class Input { ends, stays_open }; // behind what was said before the first step()
    Program(const std::vector<std::string>& command, Input kind);
    ~Program() { end(); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // More for its standard input; all before must be written. The caller keeps the bytes.
    void say(std::string_view text) { input_ = text; }

    bool step(); // writes and reads what can be; false: nothing has moved
    void add_to(std::vector<pollfd>& sources) const;
    void end(); // and all that it started

    bool has_ended() const { return pid_ < 0; } // and all that it said was read
    bool is_good() const { return has_ended() && exit_code_ == 0; }
    bool floods() const { return floods_; } // said more than anybody wants to hear
    const std::string& out() const { return out_; }
    const std::string& err() const { return err_; }
    std::string how_it_ended() const; // "ended with 1: Connection refused"

private:
    bool read(int& fd, std::string& text);
    bool reap();

    pid_t pid_ = -1; // of the keeper
    int exit_code_ = -1;
    bool floods_ = false, keeps_input_;
    Pipe in_, out_pipe_, err_pipe_;
    std::string_view input_; // what is not written yet
    std::string out_, err_;
};

} // namespace coach
