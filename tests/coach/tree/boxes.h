#pragma once

#include "coach/tree/questions.h"

#include <string>
#include <vector>

namespace coach {

// Days since 1970-01-01. Throws Complaint unless it is "YYYY-MM-DD" and such a day exists.
long day_of(const std::string& date);
std::string date_of(long day);
long today(); // as the clock on the wall has it

// $XDG_STATE_HOME/socket-kata, or ~/.local/state/socket-kata: what outlives a build folder.
std::string personal_folder();

// Leitner's boxes: a question that you could say goes up one box and comes again later; one that you could not say goes back to
// the first box and comes again tomorrow.
class Boxes {
public:
    explicit Boxes(std::string file); // of personal_folder(); it need not be there

    // The question for `day`: of those that are due the one that waits longest, else the first new one in the book's order, else
    // the one that is due next. `seed` > 0 draws among the new ones. nullptr: there is none of this level ("" is every level).
    const Question* choose(const QuestionBook& book, long day, const std::string& level, unsigned long seed) const;
    void said(const Question& question, long day, bool could_say); // and writes the file
    long due(const Question& question) const;                      // 0: it was never asked
    std::size_t due_on(const QuestionBook& book, long day) const;  // how many wait

private:
    struct Place {
        int question = 0, box = 0;
        long due = 0;
    };
    const Place* find(int question) const; // nullptr: it was never asked

    std::string file_;
    std::vector<Place> places_;
};

} // namespace coach
