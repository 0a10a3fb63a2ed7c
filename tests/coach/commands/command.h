#pragma once

#include "coach/tree/project.h"

#include <string>
#include <utility>
#include <vector>

namespace coach {

// What was typed after the command.
struct Arguments {
    std::vector<std::string> words; // without the options
    std::vector<std::pair<std::string, std::string>>
        options; // --seed 7 and --seed=7 are {"--seed", "7"}; --poll is {"--poll", ""}

    bool has(const std::string& option) const;
    std::string get(const std::string& option, const std::string& otherwise) const;
    long number(const std::string& option, long otherwise) const; // throws Complaint when it is none
    const std::string& one_word(const std::string& what) const;   // throws Complaint unless there is exactly one
};

struct Command {
    const char* name;
    const char* usage;                            // what follows the name
    const char* does;                             // one line of `kata help`
    const char* help;                             // the rest of `kata help NAME`
    std::size_t most_words;                       // how many may follow that are no options
    std::vector<std::string> options;             // "--poll"; "--seed=" wants a value
    int (*run)(const Project&, const Arguments&); // nullptr: in kata_whole
};

// Each in a file of its own. They give the exit status: 0 only when what was asked for is true; 1 when it is not.
int next(const Project&, const Arguments&);
int check(const Project&, const Arguments&);
int list(const Project&, const Arguments&);
int watch(const Project&, const Arguments&);
int hint(const Project&, const Arguments&);
int solution(const Project&, const Arguments&);
int reset(const Project&, const Arguments&);
// Not in the kata that a learner's first build waits for: there their addresses are nullptr (see whole.h).
[[gnu::weak]] int question(const Project&, const Arguments&);
[[gnu::weak]] int mock(const Project&, const Arguments&);
[[gnu::weak]] int spot(const Project&, const Arguments&);
[[gnu::weak]] int group(const Project&, const Arguments&);
[[gnu::weak]] int duel(const Project&, const Arguments&);

const std::vector<Command>& commands();

// What ends a command that was broken off by Ctrl-C or the end of the terminal.
struct Interrupted {
    int signal;
};

} // namespace coach
