#pragma once

#include "coach/tests/terminal.h"

#include <string>
#include <vector>

namespace coach_tests {

// A source tree with three exercises (01_one junior, 02_two mid, 10_ten senior), and the build folder build/practice with kata in
// it. An answer is a shell script that talks like a test executable, and the build is one, too. Removed at the end.
class SmallTree {
public:
    SmallTree();
    ~SmallTree();
    SmallTree(const SmallTree&) = delete;
    SmallTree& operator=(const SmallTree&) = delete;

    std::string path(const std::string& name) const { return root_ + "/" + name; }
    std::string read(const std::string& name) const;                          // "" when it is not there
    void write(const std::string& name, const std::string& text) const;       // as most editors do: into the file
    void rename_over(const std::string& name, const std::string& text) const; // as the others: a new file, renamed

    void answer(const std::string& exercise, const std::string& script) const; // write() of its answer
    std::string answer_file(const std::string& exercise) const;

    // kata with these words, typed in the folder of the sources.
    Terminal types(const std::vector<std::string>& words) const;
    Ended runs(const std::vector<std::string>& words) const; // without a terminal
    void shell(const std::string& command) const;            // in the folder of the sources; must succeed

    std::size_t builds() const; // how often something was built

private:
    void write_program(const std::string& name, const std::string& script) const;
    std::vector<std::string> command(const std::vector<std::string>& words) const;
    Environment environment() const;

    std::string root_;
};

// Answers, as scripts.
std::string green(int tests);
std::string red(int passed, int total, const std::string& lesson); // fails in Robust.Fails
std::string unwritten(const std::string& exercise);
std::string broken(); // does not compile
// Its first test writes the number of its process to the FIFO `told`, and then waits until somebody writes to the FIFO `until`.
std::string hanging(const std::string& told, const std::string& until);

} // namespace coach_tests
