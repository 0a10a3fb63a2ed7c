#include "coach/tree/interview.h"

#include "coach/tree/files.h"

#include <algorithm>

namespace coach {

std::size_t draw(unsigned long& seed, std::size_t count)
{
    std::uint64_t z = seed += 0x9E3779B97F4A7C15U; // splitmix64; the distributions of <random> differ from library to library
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % count);
}

Interview draw_interview(const Project& project, const QuestionBook& book, const std::string& level, long minutes,
                         unsigned long seed)
{
    constexpr long minutes_a_question = 8; // three to ask it, five of the exercise's for each
    std::vector<const Question*> questions;
    for (const Question& question : book.questions)
        if (level.empty() || question.level == level)
            questions.push_back(&question);
    std::vector<const Exercise*> exercises;
    for (const Exercise& exercise : project.exercises)
        if (level.empty() || exercise.level == level)
            exercises.push_back(&exercise);
    if (questions.empty() || exercises.empty())
        throw Complaint{"There is nothing of level \"" + level + "\". The levels: junior, mid, senior, staff."};
    Interview interview;
    interview.exercise = exercises[draw(seed, exercises.size())];
    const auto wanted = static_cast<std::size_t>(std::max(2L, minutes / minutes_a_question));
    while (interview.questions.size() < wanted && !questions.empty()) {
        const auto chosen = questions.begin() + static_cast<std::ptrdiff_t>(draw(seed, questions.size()));
        interview.questions.push_back(*chosen);
        questions.erase(chosen);
    }
    return interview;
}

} // namespace coach
