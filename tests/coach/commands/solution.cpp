#include "coach/commands/ask.h"
#include "coach/commands/command.h"
#include "coach/commands/lesson.h"
#include "coach/tree/files.h"

namespace coach {

namespace {

// What `diff` says of two files; its 1 means that they differ. Where the answer has no such file, the reference as it is.
std::string difference(const Project& project, const std::string& mine, const std::string& reference, const Console& console)
{
    if (!exists(mine))
        return must_read(reference);
    const std::string from = mine.substr(mine.starts_with(project.source + "/") ? project.source.size() + 1 : 0);
    Process diff{{"diff", "-u", "--label", from, "--label", reference.substr(project.source.size() + 1), mine, reference}, {}};
    std::string text;
    while (diff.read(text)) {
        const Event event = console.wait({diff.fd()}, -1);
        if (event.kind == Event::Kind::interrupted)
            throw Interrupted{event.signal};
    }
    if (diff.exit_code() > 1)
        throw Complaint{text};
    return text.empty() ? "Your answer is the reference answer, letter by letter.\n" : text;
}

} // namespace

int solution(const Project& project, const Arguments& arguments)
{
    const Exercise& exercise = project.find(arguments.one_word("exercise"));
    const Console console{Console::Keys::on};
    const Result result = last_result(project, exercise);
    if (!result.is_green() && !arguments.has("--yes")) {
        const std::string known = exercise.name + " is not green" + (result.is_old() ? " since its last change" : "") + ".";
        if (!interactive())
            throw Complaint{known + " To see the answer all the same:  kata solution " + exercise.number() + " --yes"};
        if (ask(console, known + " A hint may be enough. See the answer all the same? (y/n) ", "yn\n") != 'y')
            return 1;
    }
    const std::string folder = project.source + "/solutions/" + exercise.name;
    const bool unwritten = result.verdict.state == State::unwritten && !result.is_old();
    for (const std::string& name : names_in(folder))
        if (is_source(name))
            show(difference(project, unwritten ? "" : inside(project.answer_folder(exercise), name), inside(folder, name),
                            console));
    return 0;
}

} // namespace coach
