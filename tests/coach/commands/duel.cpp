#include "coach/commands/command.h"
#include "coach/commands/lesson.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"

namespace coach {

namespace {

// Without its first lines, where it is a wrong answer of tests/NN_name/wrong already.
std::string code_of(const std::string& file)
{
    std::string code;
    for (const std::string& line : lines_of(must_read(file)))
        if (!line.starts_with("// Mistake:") && !line.starts_with("// Caught by:") && !line.starts_with("// Says:"))
            code += line + "\n";
    return code;
}

// What the header promises: its comments, sentence by sentence, without the examples in them.
std::vector<std::string> sentences_of_contract(const std::string& header)
{
    std::string text;
    for (const std::string& line : lines_of(header)) {
        const std::string words = trimmed(line);
        if (words.starts_with("// ") && !words.starts_with("//  "))
            text += words.substr(3) + " ";
        else if (!text.empty() && !text.ends_with('\n'))
            text += "\n";
    }
    std::vector<std::string> sentences;
    for (const std::string& paragraph : lines_of(text))
        for (std::size_t begin = 0, end = 0; begin < paragraph.size(); begin = end) {
            const std::size_t stop = paragraph.find(". ", begin);
            end = stop == std::string::npos ? paragraph.size() : stop + 2;
            sentences.push_back(trimmed(paragraph.substr(begin, end - begin)));
        }
    return sentences;
}

std::string how_to_give_it_back(const Project& project, const Exercise& exercise, const std::string& code)
{
    std::string text = "Which of these sentences does it break? They are the contract, exercises/" + exercise.name + "/" +
                       exercise.short_name() + ".h:\n\n";
    for (const std::string& sentence : sentences_of_contract(
             read_file(project.source + "/exercises/" + exercise.name + "/" + exercise.short_name() + ".h").value_or("")))
        text += "  - " + trimmed(wrapped(sentence, columns(), "    ")) + "\n";
    return text +
           "\nIf it breaks none, it is a correct answer. If it breaks one, give it back: open a pull request with that sentence, "
           "and with\nthis file, whose name is what it does in a few words:\n\n    tests/" +
           exercise.name +
           "/wrong/NAME.cpp\n\n// Mistake: WHAT IT DOES, IN A SENTENCE\n// Caught by: Hostile.THE_TEST_THAT_IS_MISSING\n// Says: "
           "WORDS "
           "OF ITS LESSON\n" +
           code;
}

} // namespace

int duel(const Project& project, const Arguments& arguments)
{
    if (arguments.words.empty())
        throw Complaint{"Which file?"};
    const std::string& file = arguments.words.back();
    const std::string code = code_of(file);
    std::string word = arguments.words.front();
    if (const std::size_t at = word.find("/wrong/"); arguments.words.size() == 1 && at != std::string::npos)
        word = word.substr(0, at); // tests/03_bind/wrong/something.cpp
    else if (arguments.words.size() == 1 && word.ends_with(".cpp") && word.find('/') == std::string::npos)
        word = word.substr(0, word.size() - 4); // bind.cpp
    const Exercise& exercise = project.find(word);
    const Console console{Console::Keys::off};
    Check check{project, spot_check(project, exercise, code, "")};
    wait_for(check, console);
    const Verdict& verdict = check.verdict();
    if (!verdict.is_green()) {
        show(without_next_steps(lesson(exercise, verdict)) + "\n");
        if (verdict.state != State::red)
            return 1; // that it does not compile, or is not written, is no duel
        show("Caught by " + verdict.test + ": the tests win.\n");
        return 0;
    }
    show(strong(exercise.name + ":") + " not caught: it passes all " + std::to_string(verdict.total) + " tests.\n\n" +
         how_to_give_it_back(project, exercise, code));
    return 1;
}

} // namespace coach
