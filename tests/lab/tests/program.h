#pragma once

#include <string>

// Another program, run to its end, and what it printed.
namespace lab {

struct Printed {
    std::string text;
    int status = -1; // of its exit
};

// lab_fixtures with one of its tests. `environment` is as a shell takes it: "NO_COLOR=1 KATA_PATIENT=1".
Printed fixture(const std::string& test, const std::string& environment = "");
// The same, at a terminal; an empty text when this machine gives none.
Printed fixture_at_a_terminal(const std::string& test, const std::string& environment = "");
// The same, in a process that may not use ptrace(2), as in some containers.
Printed fixture_without_ptrace(const std::string& test, const std::string& environment = "");

// The text with all times of its diagrams replaced.
std::string without_times(const std::string& text);

} // namespace lab
