#include "coach/group/board.h"

#include "coach/terminal/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <unistd.h>

namespace coach {

namespace {

constexpr std::size_t at_once = 2;

// Each of the builds that run beside each other gets its part of the cores.
void share_cores()
{
    const long cores = std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN) / static_cast<long>(at_once));
    ::setenv("CMAKE_BUILD_PARALLEL_LEVEL", std::to_string(cores).c_str(), 0);
}

void tell(Work& work)
{
    for (const std::string& news : work.take_news())
        show((on_terminal() ? "\r\033[K" : "") + news + "\n");
}

} // namespace

bool finish(std::deque<Work>& works, const Console& console, int& interrupted_by)
{
    constexpr int look_again_ms = 100;
    share_cores();
    std::array<Work*, at_once> running{};
    std::size_t next = 0;
    std::string shown;
    for (;;) {
        std::string doing;
        for (Work*& work : running) {
            if (work == nullptr && next < works.size())
                work = &works[next++];
            if (work == nullptr)
                continue;
            const bool goes_on = work->advance();
            tell(*work);
            if (goes_on)
                doing += (doing.empty() ? "" : ", ") + work->doing();
            else
                work = nullptr;
        }
        if (doing.empty() && next == works.size())
            break;
        if (on_terminal() && doing != shown)
            show("\r\033[K" + doing + " ...");
        shown = doing;
        const auto fd = [&](std::size_t i) { return running[i] == nullptr ? -1 : running[i]->fd(); };
        const Event event = console.wait({fd(0), fd(1)}, doing.empty() ? 0 : look_again_ms);
        if (event.kind == Event::Kind::interrupted) {
            interrupted_by = event.signal;
            return false;
        }
    }
    show(on_terminal() ? "\r\033[K" : "");
    return true;
}

Mark mark_of(const Exercise& exercise, const Verdict& verdict)
{
    Mark mark;
    mark.more = verdict.text;
    const std::vector<std::string> lines = lines_of(trimmed(verdict.text));
    const std::string first = lines.empty() ? "" : lines[0];
    switch (verdict.state) {
    case State::green: mark = {Mark::Kind::good, "green", "", ""}; break;
    case State::red: {
        const std::string title = exercise.name + ": ";
        mark.kind = Mark::Kind::bad;
        mark.word = std::to_string(verdict.passed) + " of " + std::to_string(verdict.total);
        mark.line = first.starts_with(title) ? first.substr(title.size()) : first;
        break;
    }
    case State::unwritten: mark.word = "not written"; break;
    case State::does_not_compile:
        mark.kind = Mark::Kind::bad;
        mark.word = "no build";
        mark.line = "does not compile: " + first;
        break;
    default:
        mark.kind = Mark::Kind::bad;
        mark.word = "not checked";
        mark.line = "could not be checked: " + first;
        for (const std::string& line : lines)
            if (line.ends_with(", and was ended."))
                mark.line = "could not be checked: " + line;
    }
    return mark;
}

Table board(const Project& ours, const std::deque<Work>& works)
{
    Table table{"The board", "", {}, {}, {}};
    for (const Work& work : works) {
        table.columns.push_back(work.member());
        if (!work.findings().trouble.empty()) {
            const std::vector<std::string> lines = lines_of(trimmed(work.findings().trouble));
            table.remarks.push_back(work.member() + " could not be configured: " + (lines.empty() ? "" : lines.back()));
        }
    }
    for (std::size_t i = 0; i < ours.exercises.size(); ++i) {
        Row row{ours.exercises[i].name, {}};
        for (const Work& work : works)
            row.marks.push_back(i < work.findings().verdicts.size()
                                    ? mark_of(ours.exercises[i], work.findings().verdicts[i])
                                    : Mark{Mark::Kind::bad, "not checked", "", work.findings().trouble});
        table.rows.push_back(row);
    }
    return table;
}

} // namespace coach
