#include "coach/commands/lesson.h"

#include "coach/commands/command.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"

namespace coach {

void wait_for(Check& check, const Console& console)
{
    constexpr int look_again_ms = 100; // for the end of a program whose output is still held open
    while (check.advance()) {
        const Event event = console.wait({check.fd()}, look_again_ms);
        if (event.kind == Event::Kind::interrupted)
            throw Interrupted{event.signal};
    }
}

Verdict check_now(const Project& project, const Exercise& exercise, const Console& console)
{
    if (on_terminal())
        show("checking " + exercise.name + " ...");
    Check check{project, exercise};
    try {
        wait_for(check, console);
    } catch (const Interrupted&) {
        show(on_terminal() ? "\n" : "");
        throw;
    }
    if (on_terminal())
        show("\r\033[K");
    keep_result(project, exercise, check);
    return check.verdict();
}

std::string lesson(const Exercise& exercise, const Verdict& verdict)
{
    const std::string title = strong(exercise.name + ":");
    std::string text = verdict.warnings.empty() ? "" : verdict.warnings + "\n";
    switch (verdict.state) {
    case State::green:
        text += title + " green, all " + std::to_string(verdict.total) + " tests.\n";
        for (const std::string& why : verdict.skipped)
            text += "  not tested on this machine: " + why + "\n";
        return text;
    case State::does_not_compile: return text + title + " does not compile.\n\n" + verdict.text;
    case State::broken: return text + title + " could not be checked. This is not about your answer:\n\n" + verdict.text;
    default: break;
    }
    const bool titled = verdict.text.starts_with(exercise.name + ":");
    return text + (titled ? title + verdict.text.substr(exercise.name.size() + 1) : verdict.text);
}

std::string without_next_steps(const std::string& lesson)
{
    std::string text;
    for (const std::string& line : lines_of(lesson)) {
        const std::size_t rest = line.starts_with("  open  ")   ? line.find("read  ")
                                 : line.starts_with("  hints ") ? line.find("ask   ")
                                                                : 0;
        if (rest == 0)
            text += line + "\n";
        else if (rest != std::string::npos)
            text += "  " + line.substr(rest) + "\n";
    }
    return text;
}

Check::What spot_check(const Project& project, const Exercise& exercise, const std::string& code, const std::string& filter)
{
    const std::string target = "spot_" + exercise.name, file = project.state_folder() + "/spot/" + exercise.name + ".cpp";
    if (read_file(file) != code)
        write_file(file, code);
    const std::string folder = exercise.executable.substr(0, exercise.executable.rfind('/') + 1);
    return {target, folder + target, file, filter};
}

std::string progress(const Project& project)
{
    std::size_t green = 0;
    for (const Exercise& exercise : project.exercises)
        green += last_result(project, exercise).is_green() ? 1U : 0U;
    return std::to_string(green) + " of " + std::to_string(project.exercises.size()) + " exercises are green.";
}

} // namespace coach
