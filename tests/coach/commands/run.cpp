#include "coach/commands/run.h"

#include "coach/commands/command.h"
#include "coach/commands/whole.h"
#include "coach/terminal/console.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdio>
#include <exception>

namespace coach {

namespace {

constexpr int not_possible = 2, broken_off = 128;

const Command* find_command(const std::string& name)
{
    for (const Command& command : commands())
        if (name == command.name)
            return &command;
    return nullptr;
}

const Command& must_find_command(const std::string& name)
{
    if (const Command* command = find_command(name))
        return *command;
    std::vector<std::string> names{"help"};
    for (const Command& command : commands())
        names.emplace_back(command.name);
    const std::string near = nearest(name, names);
    throw Complaint{"There is no command \"" + name + "\"" +
                    (near.empty() ? ". \"kata help\" shows all of them." : "; did you mean " + near + "?")};
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

int help(const std::vector<std::string>& words)
{
    if (!words.empty() && words[0] != "help") {
        const Command& command = must_find_command(words[0]);
        show("kata " + trimmed(std::string{command.name} + " " + command.usage) + "\n\n" +
             wrapped(command.help, columns(), "  "));
        return 0;
    }
    show("kata leads through the exercises. Type it as\n    " + how_to_type_this_program() + "\n\n");
    for (const Command& command : commands())
        show("  kata " + padded(trimmed(std::string{command.name} + " " + command.usage), 23) + command.does + "\n");
    show("  kata " + padded("help COMMAND", 23) + "more about one of them\n");
    return 0;
}

// An option is spelled as the command spells it, with its value behind = or as the next word.
Arguments arguments_of(const Command& command, const std::vector<std::string>& typed)
{
    Arguments arguments;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (!typed[i].starts_with("--")) {
            arguments.words.push_back(typed[i]);
            continue;
        }
        const std::size_t equals = typed[i].find('=');
        const std::string name = typed[i].substr(0, equals);
        std::vector<std::string> names;
        bool known = false;
        for (const std::string& option : command.options) {
            const bool wants_value = option.ends_with('=');
            names.push_back(wants_value ? option.substr(0, option.size() - 1) : option);
            if (names.back() != name)
                continue;
            known = true;
            if (!wants_value)
                arguments.options.emplace_back(name, "");
            else if (equals != std::string::npos)
                arguments.options.emplace_back(name, typed[i].substr(equals + 1));
            else if (++i < typed.size())
                arguments.options.emplace_back(name, typed[i]);
            else
                throw Complaint{name + " wants a value."};
            break;
        }
        const std::string near = known ? "" : nearest(name, names);
        if (!known)
            throw Complaint{std::string{"\"kata "} + command.name + "\" has no option " + name +
                            (near.empty() ? ". \"kata help " + std::string{command.name} + "\" says what it takes."
                                          : "; did you mean " + near + "?")};
    }
    if (arguments.words.size() > command.most_words)
        throw Complaint{std::string{"\"kata "} + command.name + "\" does not know what to do with \"" +
                        arguments.words[command.most_words] + "\". It is typed:  kata " +
                        trimmed(std::string{command.name} + " " + command.usage)};
    return arguments;
}

int run_words(std::vector<std::string> typed)
{
    if (typed.empty())
        typed.emplace_back("next");
    const std::string name = typed[0];
    typed.erase(typed.begin());
    if (name == "help" || name == "--help" || name == "-h")
        return help(typed);
    const Command& command = must_find_command(name);
    for (const std::string& word : typed)
        if (word == "--help" || word == "-h")
            return help({name});
    const Arguments arguments = arguments_of(command, typed);
    const Project project{folder_of_this_program()};
    if (command.run == nullptr)
        become_whole(project, name, typed);
    return command.run(project, arguments);
}

} // namespace

int run(int argc, char** argv)
{
    try {
        return run_words({argv + 1, argv + argc});
    } catch (const Interrupted& interrupted) {
        return broken_off + interrupted.signal;
    } catch (const std::exception& e) {
        std::fflush(stdout);
        std::fprintf(stderr, "%s\n", e.what());
        return not_possible;
    }
}

} // namespace coach
