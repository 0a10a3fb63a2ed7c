#include "coach/commands/command.h"
#include "coach/commands/lesson.h"

namespace coach {

// All are checked, so that `list` knows them; one lesson is enough to read, the first.
int check(const Project& project, const Arguments& arguments)
{
    std::vector<Exercise> wanted;
    for (const std::string& word : arguments.words)
        wanted.push_back(project.find(word));
    if (wanted.empty())
        wanted = project.exercises;

    const Console console{Console::Keys::off};
    std::string first_lesson, first_name;
    for (const Exercise& exercise : wanted) {
        const Verdict verdict = check_now(project, exercise, console);
        if (verdict.is_green() || wanted.size() > 1)
            show(verdict.is_green() ? lesson(exercise, verdict) : exercise.name + ": " + in_words(verdict) + "\n");
        if (!verdict.is_green() && first_name.empty()) {
            first_name = exercise.name;
            first_lesson = lesson(exercise, verdict);
            if (verdict.state == State::red)
                first_lesson += "\n" + exercise.name + ": " + in_words(verdict) + ".";
        }
    }
    const std::string me = how_to_type_this_program();
    if (!first_name.empty())
        show("\n" + first_lesson + (first_lesson.ends_with('.') ? " " : "\n") + "Next, type:  " + me + " watch " +
             first_name.substr(0, 2) + "\n");
    else if (wanted.size() == 1)
        show("Compare with the reference answer:  " + me + " solution " + wanted[0].number() + "\n");
    return first_name.empty() ? 0 : 1;
}

} // namespace coach
