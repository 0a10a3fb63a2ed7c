#pragma once

#include "coach/tree/project.h"
#include "coach/tree/questions.h"

#include <string>
#include <vector>

namespace coach {

// What is drawn for a mock interview. It depends on the seed, the level, the time and the content of the repository, and on
// nothing that a learner has done: a group gets the same interview.
struct Interview {
    std::vector<const Question*> questions;
    const Exercise* exercise = nullptr;
};

// `level` "" takes every level. Throws Complaint when there is nothing of this level.
Interview draw_interview(const Project& project, const QuestionBook& book, const std::string& level, long minutes,
                         unsigned long seed);

// A number below `count` that depends on `seed` and nothing else, the same on every machine; `seed` goes on.
std::size_t draw(unsigned long& seed, std::size_t count);

} // namespace coach
