#include "coach/group/interviews.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>

namespace coach {

namespace {

struct InterviewPage {
    std::string member, level, minutes, seed, end, exercise, notes, checked;
    std::vector<std::pair<std::string, std::string>> said; // question and what was said of it, in the order of asking
};

InterviewPage read_page(const std::string& member, const std::string& text)
{
    InterviewPage page;
    page.member = member;
    bool in_exercise = false;
    const auto take = [](const std::string& line, const std::string& key, std::string& value) {
        if (line.starts_with("- " + key + ": "))
            value = line.substr(key.size() + 4);
    };
    for (const std::string& line : lines_of(text)) {
        if (line == "## Exercise")
            in_exercise = true;
        else if (in_exercise && line.starts_with("- ")) {
            page.notes += line.substr(2) + "\n";
            if (const std::size_t at = line.find(" checked: "); at != std::string::npos)
                page.checked = line.substr(at + 10);
        } else if (in_exercise && !line.empty()) {
            page.exercise = line;
        } else if (line.starts_with("| ") && line.find(" | Q") != std::string::npos && !line.starts_with("| Asked at ")) {
            const std::size_t first = line.find(" | "), last = line.rfind(" | ");
            page.said.emplace_back(line.substr(first + 3, last - first - 3),
                                   trimmed(line.substr(last + 3, line.rfind('|') - last - 3)));
        }
        take(line, "level", page.level);
        take(line, "minutes", page.minutes);
        take(line, "seed", page.seed);
        take(line, "end", page.end);
    }
    return page;
}

// The names of the pages are dates: the last one is the newest.
InterviewPage newest_page(const std::string& member, const std::string& path, const std::string& seed)
{
    std::vector<std::string> files;
    for (const std::string& folder : {path, path + "/mock", path + "/socket-kata/mock"})
        for (const std::string& name : names_in(folder))
            if (name.ends_with(".md"))
                files.push_back(inside(folder, name));
    if (files.empty() && path.ends_with(".md"))
        files.push_back(path);
    for (auto file = files.rbegin(); file != files.rend(); ++file) {
        const std::string text = must_read(*file);
        InterviewPage page = read_page(member, text);
        if (text.starts_with("# Mock interview ") && (seed.empty() || page.seed == seed))
            return page;
    }
    throw Complaint{member + ": there is no page of a mock interview" + (seed.empty() ? "" : " with seed " + seed) + " in " +
                    path + "."};
}

std::string interview_of(const InterviewPage& page)
{
    return "seed " + page.seed + ", level " + page.level + ", " + page.minutes + " minutes";
}

Mark mark_of_answer(const InterviewPage& page, const std::string& question)
{
    for (const auto& [asked, said] : page.said)
        if (asked == question)
            return {said == "yes" ? Mark::Kind::good : said == "no" ? Mark::Kind::bad : Mark::Kind::none, said, "", ""};
    return {Mark::Kind::none, "-", "", ""};
}

Mark mark_of_exercise(const InterviewPage& page)
{
    const bool is_green = page.checked == "green";
    const std::string word = page.checked.substr(0, page.checked.find(','));
    const std::string more = page.exercise + "\n\n" + page.notes + "end: " + page.end;
    return {is_green ? Mark::Kind::good : word.empty() ? Mark::Kind::none : Mark::Kind::bad, word.empty() ? "-" : word, "", more};
}

} // namespace

Table interviews(const std::vector<std::string>& words, const std::string& seed)
{
    std::vector<InterviewPage> pages;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Complaint{"A page is NAME=PATH, such as ann=ann.md; \"" + word + "\" is not."};
        pages.push_back(newest_page(word.substr(0, equals), word.substr(equals + 1), seed));
        if (interview_of(pages.back()) != interview_of(pages.front()))
            throw Complaint{pages.back().member + "'s newest page is of another interview (" + interview_of(pages.back()) +
                            ") than " + pages.front().member + "'s (" + interview_of(pages.front()) + "). --seed chooses one."};
    }
    if (pages.empty())
        throw Complaint{"Whose pages? Type:  kata group --mock ann=ann.md bob=bob.md"};
    Table table{"The interview: " + interview_of(pages.front()), "", {}, {}, {}};
    std::vector<std::string> asked; // by anybody: who was slow was asked less
    for (const InterviewPage& page : pages) {
        table.columns.push_back(page.member);
        for (const auto& [question, said] : page.said)
            if (std::find(asked.begin(), asked.end(), question) == asked.end())
                asked.push_back(question);
    }
    for (const std::string& question : asked) {
        const std::string number = question.substr(0, question.find(' '));
        table.remarks.push_back(question);
        table.rows.push_back({number, {}});
        for (const InterviewPage& page : pages)
            table.rows.back().marks.push_back(mark_of_answer(page, question));
    }
    table.remarks.push_back("Exercise " + pages.front().exercise);
    table.rows.push_back({"exercise", {}});
    for (const InterviewPage& page : pages)
        table.rows.back().marks.push_back(mark_of_exercise(page));
    return table;
}

} // namespace coach
