#include "coach/tree/boxes.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"
#include "coach/tree/interview.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace coach {

namespace {

constexpr int days_in_box[] = {1, 3, 7, 14, 30, 60};
constexpr int last_box = static_cast<int>(std::size(days_in_box)) - 1;
constexpr long seconds_a_day = 86400;

} // namespace

long day_of(const std::string& date)
{
    std::tm parts{};
    int read = 0;
    if (std::sscanf(date.c_str(), "%4d-%2d-%2d%n", &parts.tm_year, &parts.tm_mon, &parts.tm_mday, &read) == 3 &&
        static_cast<std::size_t>(read) == date.size()) {
        parts.tm_year -= 1900;
        parts.tm_mon -= 1;
        if (const long day = ::timegm(&parts) / seconds_a_day; date_of(day) == date) // 2026-02-30 becomes another one
            return day;
    }
    throw Complaint{"\"" + date + "\" is no date like 2026-11-27."};
}

std::string date_of(long day)
{
    const std::time_t seconds = day * seconds_a_day;
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d", std::gmtime(&seconds));
    return text;
}

long today()
{
    const std::time_t now = std::time(nullptr);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d", std::localtime(&now));
    return day_of(text);
}

std::string personal_folder()
{
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    if (state != nullptr && state[0] == '/') // others are to be passed over, says the XDG Base Directory Specification
        return std::string{state} + "/socket-kata";
    if (home != nullptr && home[0] == '/')
        return std::string{home} + "/.local/state/socket-kata";
    throw Complaint{"Neither XDG_STATE_HOME nor HOME names a folder in which to keep your progress."};
}

Boxes::Boxes(std::string file) : file_{std::move(file)}
{
    for (const std::string& line : lines_of(read_file(file_).value_or(""))) {
        int number = 0, box = 0;
        char date[32];
        if (std::sscanf(line.c_str(), "Q%d %d %10s", &number, &box, date) != 3 || find(number) != nullptr)
            continue;
        try {
            places_.push_back({number, std::clamp(box, 0, last_box), day_of(date)});
        } catch (const Complaint&) { // somebody has edited it: this question is new again
        }
    }
}

const Boxes::Place* Boxes::find(int question) const
{
    for (const Place& place : places_)
        if (place.question == question)
            return &place;
    return nullptr;
}

const Question* Boxes::choose(const QuestionBook& book, long day, const std::string& level, unsigned long seed) const
{
    const Question* waiting = nullptr;
    std::vector<const Question*> fresh;
    for (const int number : book.order) {
        const Question& question = book.find(std::to_string(number));
        if (!level.empty() && question.level != level)
            continue;
        if (due(question) == 0)
            fresh.push_back(&question);
        else if (waiting == nullptr || due(question) < due(*waiting))
            waiting = &question;
    }
    if (waiting != nullptr && (due(*waiting) <= day || fresh.empty()))
        return waiting;
    return fresh.empty() ? nullptr : fresh[seed > 0 ? draw(seed, fresh.size()) : 0];
}

void Boxes::said(const Question& question, long day, bool could_say)
{
    const Place* before = find(question.number);
    const int box = !could_say ? 0 : before == nullptr ? 1 : std::min(before->box + 1, last_box);
    std::erase_if(places_, [&](const Place& place) { return place.question == question.number; });
    places_.push_back({question.number, box, day + days_in_box[box]});
    std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.question < b.question; });
    std::string text = "# question, box, the day on which it comes again\n";
    for (const Place& place : places_)
        text += "Q" + std::to_string(place.question) + " " + std::to_string(place.box) + " " + date_of(place.due) + "\n";
    write_file(file_, text);
}

long Boxes::due(const Question& question) const
{
    const Place* place = find(question.number);
    return place == nullptr ? 0 : place->due;
}

std::size_t Boxes::due_on(const QuestionBook& book, long day) const
{
    return static_cast<std::size_t>(std::count_if(book.questions.begin(), book.questions.end(),
                                                  [&](const Question& q) { return due(q) != 0 && due(q) <= day; }));
}

} // namespace coach
