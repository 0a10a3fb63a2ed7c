#include "coach/commands/hint.h"

#include "coach/commands/command.h"
#include "coach/judge/results.h"
#include "coach/terminal/console.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"
#include "coach/tree/questions.h"

#include <algorithm>
#include <cstdlib>

namespace coach {

namespace {

std::vector<Hint> hints_of(const Project& project, const Exercise& exercise)
{
    const std::string file = "exercises/" + exercise.name + "/HINTS.md";
    std::vector<Hint> hints = read_hints(must_read(project.source + "/" + file));
    if (hints.empty())
        throw Complaint{"There are no hints in " + file + "."};
    return hints;
}

std::string page(const Exercise& exercise, const std::vector<Hint>& hints, std::size_t number) // from 1
{
    const Hint& hint = hints[number - 1];
    return strong(exercise.name + ", hint " + hint.title) + " (of " + std::to_string(hints.size()) + ")\n\n" +
           readable(hint.text, std::min<std::size_t>(columns(), 100), "  ");
}

} // namespace

std::string next_hint(const Project& project, const Exercise& exercise)
{
    const std::vector<Hint> hints = hints_of(project, exercise);
    const std::string counter = "hints/" + exercise.name;
    const auto given = static_cast<std::size_t>(std::max(0, kept_number(project, counter)));
    const std::size_t number = std::min(given + 1, hints.size());
    keep_number(project, counter, static_cast<int>(number));
    const std::string again = how_to_type_this_program() + " hint " + exercise.number() + " 1";
    return page(exercise, hints, number) +
           (given < hints.size() ? "" : "\n  There are no more. The first one again:  " + again + "\n");
}

int hint(const Project& project, const Arguments& arguments)
{
    if (arguments.words.empty())
        throw Complaint{"A hint for which exercise? For example:  kata hint 01"};
    const Exercise& exercise = project.find(arguments.words[0]);
    if (arguments.words.size() == 1) {
        show(next_hint(project, exercise));
        return 0;
    }
    const std::vector<Hint> hints = hints_of(project, exercise);
    const long number = std::strtol(arguments.words[1].c_str(), nullptr, 10);
    if (number < 1 || static_cast<std::size_t>(number) > hints.size())
        throw Complaint{"There are hints 1 to " + std::to_string(hints.size()) + ", and no \"" + arguments.words[1] + "\"."};
    show(page(exercise, hints, static_cast<std::size_t>(number)));
    return 0;
}

} // namespace coach
