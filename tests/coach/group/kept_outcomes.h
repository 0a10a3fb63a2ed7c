#pragma once

#include "coach/group/meeting.h"

#include <map>
#include <string>

namespace coach {

// What meetings ended with, in a file: not held again while both programs are what they were.
class KeptOutcomes {
public:
    explicit KeptOutcomes(std::string file); // it need not be there

    // Nothing: it was never held, or something has changed since. `programs`: their files; a tool's name is no file of ours.
    const Outcome* find(const std::string& meeting, const std::vector<std::string>& programs) const;
    void keep(const std::string& meeting, const std::vector<std::string>& programs, const Outcome& outcome);
    void save() const;

private:
    struct Kept {
        std::string stamp;
        Outcome outcome;
    };
    std::string file_;
    std::map<std::string, Kept> kept_;
};

} // namespace coach
