#include "coach/commands/command.h"

#include "coach/tree/files.h"

#include <cstdlib>

namespace coach {

const std::vector<Command>& commands()
{
    static const std::vector<Command> all{
        {"next",
         "",
         "the first exercise that is not green: its lesson",
         "Goes through the exercises in learning order, checks those that have changed since their last check, and shows the "
         "lesson of the "
         "first one that is not green. \"kata\" alone does the same. It ends with 0 when it could show you what is next.",
         0,
         {},
         next},
        {"check",
         "[EXERCISE...]",
         "check answers, and show the first lesson",
         "Builds and tests the answers, and shows the lesson of the first one that is not green. Without an exercise: all of "
         "them, in "
         "learning order. An exercise is 10, 10_echo_server, echo_server or a path to it. It ends with 0 when all of them are "
         "green.",
         1000,
         {},
         check},
        {"list",
         "",
         "every exercise, and how far you are",
         "Shows the last results, without a new check. A result that is older than its answer or its tests is shown as old.",
         0,
         {},
         list},
    };
    return all;
}

bool Arguments::has(const std::string& option) const
{
    for (const auto& [name, value] : options)
        if (name == option)
            return true;
    return false;
}

std::string Arguments::get(const std::string& option, const std::string& otherwise) const
{
    for (const auto& [name, value] : options)
        if (name == option)
            return value;
    return otherwise;
}

long Arguments::number(const std::string& option, long otherwise) const
{
    if (!has(option))
        return otherwise;
    const std::string text = get(option, "");
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || value < 0)
        throw Complaint{option + " wants a number, and \"" + text + "\" is none."};
    return value;
}

const std::string& Arguments::one_word(const std::string& what) const
{
    if (words.size() != 1)
        throw Complaint{"Which " + what + "?"};
    return words[0];
}

} // namespace coach
