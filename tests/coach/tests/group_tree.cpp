#include "coach/tests/group_tree.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>

namespace coach_tests {

namespace {

std::vector<std::string> cells_of(const std::string& line)
{
    std::vector<std::string> cells;
    for (std::size_t begin = line.find('|'), end = 0; begin != std::string::npos && begin + 1 < line.size(); begin = end) {
        end = line.find('|', begin + 1);
        cells.push_back(coach::trimmed(line.substr(begin + 1, end - begin - 1)));
    }
    return cells;
}

} // namespace

std::string answers_of(const SmallTree& tree, const std::string& member) { return member + "=" + tree.path("members/" + member); }

void give(const SmallTree& tree, const std::string& member, const std::string& exercise, const std::string& script)
{
    tree.write("members/" + member + "/" + exercise + "/" + exercise.substr(3) + ".cpp", script);
}

std::string on_board(const SmallTree& tree, const std::string& table, const std::string& row, const std::string& column)
{
    bool is_here = false;
    std::vector<std::string> columns;
    for (const std::string& line : coach::lines_of(tree.read("build/practice/group/board.md"))) {
        if (line.starts_with("## "))
            is_here = line == "## " + table;
        const std::vector<std::string> cells = cells_of(line);
        if (!is_here || cells.size() < 2)
            continue;
        if (columns.empty())
            columns = cells;
        const auto at = std::find(columns.begin(), columns.end(), column);
        if (cells[0] == row && at != columns.end())
            return cells[static_cast<std::size_t>(at - columns.begin())];
    }
    return "";
}

std::size_t builds_of(const SmallTree& tree, const std::string& member)
{
    const std::string log = tree.read("build/practice/group/" + member + "/builds");
    return static_cast<std::size_t>(std::count(log.begin(), log.end(), '\n'));
}

void add_exercise(const SmallTree& tree, const std::string& name)
{
    tree.answer(name, unwritten(name));
    tree.write("solutions/" + name + "/" + name.substr(3) + ".cpp", green(3));
    const std::string list = tree.read("build/practice/coach/exercises.txt");
    tree.write("build/practice/coach/exercises.txt",
               list + "exercise\t" + name + "\t2\t" + tree.path("build/practice/tests/" + name) + "\n");
}

bool is_running(const std::string& word)
{
    for (const std::string& name : coach::names_in("/proc"))
        if (coach::read_file("/proc/" + name + "/cmdline").value_or("").find(word) != std::string::npos)
            return true;
    return false;
}

} // namespace coach_tests
