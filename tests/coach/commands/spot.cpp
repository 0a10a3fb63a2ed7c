#include "coach/commands/ask.h"
#include "coach/commands/command.h"
#include "coach/commands/lesson.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"
#include "coach/tree/interview.h"

namespace coach {

namespace {

// An answer of tests/NN_name/wrong: its first three lines say what is wrong with it.
struct WrongAnswer {
    std::string mistake, caught_by, code;
};

WrongAnswer read_wrong_answer(const std::string& file)
{
    WrongAnswer answer;
    for (const std::string& line : lines_of(must_read(file))) {
        if (line.starts_with("// Mistake: "))
            answer.mistake = line.substr(12);
        else if (line.starts_with("// Caught by: "))
            answer.caught_by = line.substr(14);
        else if (!line.starts_with("// Says: "))
            answer.code += line + "\n";
    }
    return answer;
}

std::string choose(const Project& project, const Exercise& exercise, const Arguments& arguments)
{
    const std::string folder = project.source + "/tests/" + exercise.name + "/wrong";
    const std::vector<std::string> names = names_in(folder);
    if (names.empty())
        throw Complaint{"There are no wrong answers in " + folder + "."};
    const std::string counter = "spotted/" + exercise.name;
    auto number = static_cast<std::size_t>(std::max(0, kept_number(project, counter)));
    if (arguments.has("--seed")) {
        auto seed = static_cast<unsigned long>(arguments.number("--seed", 0));
        number = draw(seed, names.size());
    } else {
        keep_number(project, counter, static_cast<int>(number + 1));
    }
    return folder + "/" + names[number % names.size()];
}

} // namespace

int spot(const Project& project, const Arguments& arguments)
{
    const Exercise& exercise = project.find(arguments.one_word("exercise"));
    const WrongAnswer wrong = read_wrong_answer(choose(project, exercise, arguments));
    const Console console{Console::Keys::on};
    show(strong(exercise.name + ": this answer has one mistake.") + "\n\n" + wrong.code + "\n");
    if (interactive())
        ask(console, "What is it? Which client, or which error, shows it? Say it, then press Enter. ", "\n ");
    show("\n" + wrapped("The mistake: " + wrong.mistake + ".", columns()) + "Caught by: " + wrong.caught_by + "\n\n");

    Check check{project, spot_check(project, exercise, wrong.code, wrong.caught_by)};
    wait_for(check, console);
    show(without_next_steps(lesson(exercise, check.verdict())));
    return check.verdict().state == State::red ? 0 : 1;
}

} // namespace coach
