#include "coach/tree/questions.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdlib>

namespace coach {

namespace {

// "### Q12" and "### Q12 · some words" are 12; everything else is 0.
int number_of_heading(const std::string& line) { return line.starts_with("### Q") ? std::atoi(line.c_str() + 5) : 0; }

// "**junior · What is it?**"
bool read_title(const std::string& line, Question& question)
{
    const std::string dot = " \u00b7 ";
    const std::size_t at = line.find(dot);
    if (!line.starts_with("**") || !line.ends_with("**") || at == std::string::npos || line.size() < at + dot.size() + 2)
        return false;
    question.level = line.substr(2, at - 2);
    question.text = line.substr(at + dot.size(), line.size() - at - dot.size() - 2);
    return true;
}

// "- *Asked next:* words"
bool read_bullet(const std::string& line, Question& question)
{
    const std::size_t end = line.find(":*");
    if (!line.starts_with("- *") || end == std::string::npos)
        return false;
    const std::string key = line.substr(3, end - 3), words = trimmed(line.substr(end + 2));
    if (key == "Asked next")
        question.follow_ups.push_back(words);
    else if (key == "Fails")
        question.fails = words;
    else if (key == "Proved by")
        question.proof = words;
    else if (key == "Source")
        question.source = words;
    return true;
}

void read_plan(const std::string& row, std::vector<int>& order)
{
    for (std::size_t at = row.find("[Q"); at != std::string::npos; at = row.find("[Q", at + 1))
        if (const int number = std::atoi(row.c_str() + at + 2);
            number > 0 && std::find(order.begin(), order.end(), number) == order.end())
            order.push_back(number);
}

} // namespace

std::vector<std::string> Question::tests() const
{
    std::vector<std::string> names;
    for (std::size_t begin = proof.find('`'); begin != std::string::npos;) {
        const std::size_t end = proof.find('`', begin + 1);
        if (end == std::string::npos)
            break;
        const std::string name = proof.substr(begin + 1, end - begin - 1);
        const std::string exercise = name.substr(0, name.find('.'));
        const bool is_exercise =
            exercise.size() > 3 && std::isdigit(static_cast<unsigned char>(exercise[0])) != 0 && exercise[2] == '_';
        if (std::count(name.begin(), name.end(), '.') == 2 && (is_exercise || exercise == "questions"))
            names.push_back(name);
        begin = proof.find('`', end + 1);
    }
    return names;
}

QuestionBook read_questions(const std::string& markdown)
{
    QuestionBook book;
    bool in_question = false, in_plan = false;
    for (const std::string& line : lines_of(markdown)) {
        if (const int number = number_of_heading(line); number > 0) {
            book.questions.emplace_back();
            book.questions.back().number = number;
            in_question = true;
        } else if (line.starts_with("## ")) {
            in_question = false;
            in_plan = line.starts_with("## One question a day");
        } else if (in_question && book.questions.back().text.empty() && read_title(line, book.questions.back())) {
            continue;
        } else if (in_question && !read_bullet(line, book.questions.back())) {
            book.questions.back().answer += line + "\n";
        } else if (in_plan && line.starts_with("| ")) {
            read_plan(line, book.order);
        }
    }
    std::erase_if(book.questions, [](const Question& q) { return q.text.empty(); });
    std::erase_if(book.order, [&](int number) {
        return std::none_of(book.questions.begin(), book.questions.end(), [&](const Question& q) { return q.number == number; });
    });
    for (Question& question : book.questions) {
        question.answer = trimmed(question.answer) + "\n";
        if (std::find(book.order.begin(), book.order.end(), question.number) == book.order.end())
            book.order.push_back(question.number);
    }
    return book;
}

const Question& QuestionBook::find(const std::string& word) const
{
    const int number = std::atoi(word.c_str() + (word.starts_with('Q') || word.starts_with('q') ? 1 : 0));
    for (const Question& question : questions)
        if (question.number == number)
            return question;
    throw Complaint{"There is no question \"" + word + "\" in QUESTIONS.md" +
                    (questions.empty() ? "." : "; the last one is " + questions.back().name() + ".")};
}

std::vector<Hint> read_hints(const std::string& markdown)
{
    std::vector<Hint> hints;
    bool inside = false;
    for (const std::string& line : lines_of(markdown)) {
        const std::size_t begin = line.find("<summary>"), end = line.find("</summary>");
        if (line.starts_with("<details>")) {
            inside = true;
            hints.emplace_back();
            if (begin != std::string::npos && end != std::string::npos)
                hints.back().title = line.substr(begin + 9, end - begin - 9);
        } else if (line.starts_with("</details>")) {
            inside = false;
        } else if (inside) {
            hints.back().text += line + "\n";
        }
    }
    for (Hint& hint : hints)
        hint.text = trimmed(hint.text) + "\n";
    return hints;
}

} // namespace coach
