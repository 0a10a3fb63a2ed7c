#include "coach/commands/command.h"
#include "coach/group/interviews.h"
#include "coach/group/matrix.h"
#include "coach/group/scenarios.h"
#include "coach/tree/files.h"

namespace coach {

namespace {

void write_pages(const std::string& file, const std::vector<Table>& tables)
{
    std::string markdown = "# The group\n\n";
    for (const Table& table : tables)
        markdown += as_markdown(table);
    write_file(file + ".md", markdown);
    write_file(file + ".html", as_html(tables, "The group", "Click a cell to read its lesson. A second click closes it."));
    show("The same as pages, with the lessons:\n    " + file + ".md\n    " + file + ".html\n");
}

int collect_interviews(const Project& project, const Arguments& arguments)
{
    const Table table = interviews(arguments.words, arguments.get("--seed", ""));
    show(as_text(table, columns()));
    write_pages(group_folder(project) + "/mock", {table});
    return 0;
}

} // namespace

int group(const Project& project, const Arguments& arguments)
{
    if (arguments.has("--mock"))
        return collect_interviews(project, arguments);
    std::vector<Member> members = members_of(project, arguments.words);
    const bool with_meetings = !arguments.has("--board");
    const long silence_ms = 1000 * arguments.number("--patience", 5);
    const std::vector<std::string> targets = with_meetings ? targets_of_scenarios() : std::vector<std::string>{};
    const Console console{Console::Keys::off};
    std::deque<Work> works, programs;
    for (const Member& member : members)
        works.emplace_back(project, member, true, targets);
    int signal = 0;
    if (!finish(works, console, signal))
        throw Interrupted{signal};
    std::vector<Table> tables{board(project, works)};
    show("\n" + as_text(tables[0], columns())); // the meetings take a while
    if (with_meetings) {
        members.push_back(reference_member(project));
        programs.emplace_back(project, members.back(), false, targets);
        if (!finish(programs, console, signal) || !hold_meetings(project, members, works, silence_ms, console, tables, signal))
            throw Interrupted{signal};
    }
    for (std::size_t i = 1; i < tables.size(); ++i)
        show(as_text(tables[i], columns()));
    write_pages(group_folder(project) + "/board", tables);
    for (const Row& row : tables[0].rows)
        for (const Mark& mark : row.marks)
            if (mark.kind == Mark::Kind::bad)
                return 1;
    return 0;
}

} // namespace coach
