#include "coach/commands/command.h"
#include "coach/commands/lesson.h"

#include <cstdio>

namespace coach {

namespace {

std::string row(const Project& project, const Exercise& exercise)
{
    const Result result = last_result(project, exercise);
    std::string state = in_words(result.verdict);
    if (result.is_old())
        state = "was: " + state + "; " + (result.answer_is_newer ? "the answer" : "the tests") + " changed since";
    else if (!result.verdict.test.empty() && result.verdict.state == State::red)
        state += ", then " + result.verdict.test;
    char text[256];
    std::snprintf(text, sizeof text, "  %-21s %-7s ", exercise.name.c_str(), exercise.level.c_str());
    std::string line = text + state;
    if (line.size() > columns()) // the name of the test is all that can be so long
        line = line.substr(0, columns() - 3) + "...";
    return line + "\n";
}

} // namespace

int list(const Project& project, const Arguments& /*arguments*/)
{
    std::string text, track;
    for (const Exercise& exercise : project.exercises) {
        if (exercise.track != track) {
            track = exercise.track;
            std::string title = "Track " + track;
            for (const Track& one : project.tracks)
                title += one.number == track ? ": " + one.title : "";
            text += (text.empty() ? "" : "\n") + strong(title) + "\n";
        }
        text += row(project, exercise);
    }
    show(text + "\n" + progress(project) + "\n");
    return 0;
}

} // namespace coach
