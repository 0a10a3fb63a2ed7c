#include "coach/commands/command.h"
#include "coach/commands/lesson.h"

namespace coach {

int next(const Project& project, const Arguments& /*arguments*/)
{
    const Console console{Console::Keys::off};
    for (const Exercise& exercise : project.exercises) {
        if (last_result(project, exercise).is_green())
            continue;
        const Verdict verdict = check_now(project, exercise, console);
        show((verdict.is_green() ? "" : "\n") + lesson(exercise, verdict));
        if (verdict.is_green())
            continue;
        show("\n" + progress(project) + " Next, type:  " + how_to_type_this_program() + " watch\n");
        return verdict.state == State::broken ? 1 : 0;
    }
    show("\n" + progress(project) + " Next, type:  " + how_to_type_this_program() + " question\n");
    return 0;
}

} // namespace coach
