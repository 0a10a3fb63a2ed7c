#include "coach/commands/command.h"
#include "coach/commands/lesson.h"
#include "coach/tree/files.h"

#include <ctime>

namespace coach {

namespace {

// The output of git in the source folder; nothing when it fails.
std::string git(const Project& project, std::vector<std::string> words)
{
    words.insert(words.begin(), {"git", "-C", project.source});
    Process process{words, {}};
    std::string text;
    const Console console{Console::Keys::off};
    while (process.read(text))
        console.wait({process.fd()}, -1);
    return process.exit_code() == 0 ? text : "";
}

// The stub as it was when those who keep the exercise last changed it: what they change with it, a learner does not.
std::string stub_of(const Project& project, const Exercise& exercise)
{
    const std::string folder = "exercises/" + exercise.name, file = folder + "/" + exercise.short_name();
    std::string commit = git(project, {"log", "-1", "--format=%H", "--", "solutions/" + exercise.name, folder + "/README.md",
                                       folder + "/HINTS.md", file + ".h"});
    while (commit.ends_with('\n'))
        commit.pop_back();
    const std::string stub = commit.empty() ? "" : git(project, {"show", commit + ":./" + file + ".cpp"});
    if (stub.empty())
        throw Complaint{"The stub comes from git's history, and there is none of " + file +
                        ".cpp here: clone the repository with git.\nNothing was changed."};
    return stub;
}

// Keeps `text` beside the answer: echo_server.cpp.2026-11-27_2115. Never over a file that is there.
std::string keep_beside(const std::string& answer, const std::string& text)
{
    const std::time_t now = std::time(nullptr);
    char date[32];
    std::strftime(date, sizeof date, ".%Y-%m-%d_%H%M", std::localtime(&now));
    std::string name = answer + date;
    for (int i = 2; !create_file(name, text); ++i)
        name = answer + date + "_" + std::to_string(i);
    if (must_read(name) != text)
        throw Complaint{"The copy " + name + " is not what was written. Nothing else was changed."};
    return name;
}

} // namespace

int reset(const Project& project, const Arguments& arguments)
{
    const Exercise& exercise = project.find(arguments.one_word("exercise"));
    if (project.answers != project.source + "/exercises")
        throw Complaint{"The answers of this build folder are in " + project.answers +
                        "; kata resets only your own, in exercises/."};
    const std::string answer = project.answer(exercise), text = must_read(answer), stub = stub_of(project, exercise);
    if (text == stub) {
        show(exercise.name + " is the stub already.\n");
        return 0;
    }
    const std::string kept = keep_beside(answer, text);
    write_file(answer, stub);
    show(exercise.name + " is the stub again. Your answer is kept:\n    " + kept.substr(project.source.size() + 1) + "\n");
    return 0;
}

} // namespace coach
