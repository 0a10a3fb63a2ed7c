#include "coach/commands/question.h"

#include "coach/commands/ask.h"
#include "coach/commands/command.h"
#include "coach/terminal/text.h"
#include "coach/tree/boxes.h"
#include "coach/tree/files.h"

#include <algorithm>

namespace coach {

namespace {

std::size_t page_width() { return std::min<std::size_t>(columns(), 100); }

std::string entry(const std::string& title, const std::string& words)
{
    return words.empty() ? "" : "\n" + strong(title) + "\n" + readable(words, page_width(), "  ");
}

} // namespace

std::string the_question(const Question& question)
{
    return strong(question.name()) + "  " + question.level + "\n\n" + readable(question.text, page_width(), "  ");
}

std::string what_to_say(const Question& question)
{
    std::string text = "\n" + readable(question.answer, page_width(), "  ");
    for (const std::string& follow_up : question.follow_ups)
        text += entry("Asked next", follow_up);
    text += entry("The answer that fails", question.fails) + entry("Proved by", question.proof);
    if (const std::vector<std::string> tests = question.tests(); !tests.empty()) {
        std::string pattern;
        for (const std::string& test : tests)
            pattern += (pattern.empty() ? "^(" : "|") + test;
        text += "\n  See it, with the second command of README.md done once:\n    ctest --preset solutions -V -R '" + pattern +
                ")$'\n";
    }
    return text + entry("Source", question.source);
}

char ask_aloud(const Question& question, const Console& console, const Clock* clock)
{
    show(the_question(question) + "\n");
    if (ask(console, "Say the answer aloud. Then press Enter. ", "\n ", clock) == 0)
        return 0;
    show(what_to_say(question) + "\n");
    return ask(console, "Could you say it? (y/n) ", "yn", clock);
}

int question(const Project& project, const Arguments& arguments)
{
    const QuestionBook book = read_questions(must_read(project.source + "/QUESTIONS.md"));
    if (!arguments.words.empty()) {
        const Question& one = book.find(arguments.words[0]);
        show(the_question(one));
        if (interactive())
            ask(Console{Console::Keys::on}, "\nSay the answer aloud. Then press Enter. ", "\n ");
        show(what_to_say(one));
        return 0;
    }
    const long day = arguments.has("--date") ? day_of(arguments.get("--date", "")) : today();
    Boxes boxes{personal_folder() + "/questions"};
    const std::string level = arguments.get("--level", "");
    const Question* chosen = boxes.choose(book, day, level, static_cast<unsigned long>(arguments.number("--seed", 0)));
    if (chosen == nullptr)
        throw Complaint{"QUESTIONS.md has no question of level \"" + level + "\". The levels: junior, mid, senior, staff."};
    if (!interactive()) { // nobody can say whether it was known
        show(the_question(*chosen) + what_to_say(*chosen));
        return 0;
    }
    const bool could_say = ask_aloud(*chosen, Console{Console::Keys::on}) == 'y';
    boxes.said(*chosen, day, could_say);
    const std::size_t waiting = boxes.due_on(book, day);
    show("It comes again on " + date_of(boxes.due(*chosen)) + "." +
         (waiting > 0 ? " " + std::to_string(waiting) + " more to repeat today."
                      : " That is all for today; one more is never wrong.") +
         "\n");
    return 0;
}

} // namespace coach
