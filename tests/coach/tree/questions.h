#pragma once

#include <string>
#include <vector>

namespace coach {

struct Question {
    int number = 0;                      // of Q12
    std::string level;                   // junior, mid, senior, staff
    std::string text;                    // the question
    std::string answer;                  // Markdown: what one would say
    std::vector<std::string> follow_ups; // "asked next", with their answers
    std::string fails, proof, source;    // the bullets of these names, without the name

    std::vector<std::string> tests() const; // of the proof, as ctest names them
    std::string name() const { return "Q" + std::to_string(number); }
};

// QUESTIONS.md. Whatever is not understood is left out. `order` are the numbers in the order of its plan, one question a day;
// those that the plan does not name come after it.
struct QuestionBook {
    std::vector<Question> questions;
    std::vector<int> order;

    // By Q78, q78 or 78. Throws Complaint.
    const Question& find(const std::string& word) const;
};

QuestionBook read_questions(const std::string& markdown);

// The hints of a HINTS.md: each title and text, mild to strong.
struct Hint {
    std::string title, text;
};
std::vector<Hint> read_hints(const std::string& markdown);

} // namespace coach
