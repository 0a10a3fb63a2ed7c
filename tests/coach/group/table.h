#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace coach {

// One cell: a word that fits a column, one line for the list under the table ("" for none), and all that there is to say.
struct Mark {
    enum class Kind { good, bad, none } kind = Kind::none; // none: not attempted, which is not wrong
    std::string word, line, more;
};

struct Row {
    std::string label;
    std::vector<Mark> marks; // one for each column
};

// What the board and each scenario of the matrix are.
struct Table {
    std::string title, corner; // corner: what the rows are, and what the columns are
    std::vector<std::string> columns;
    std::vector<Row> rows;
    std::vector<std::string> remarks; // said once, above
};

// The three ways to show it. The text is cut into blocks of columns where it is wider than `width`.
std::string as_text(const Table& table, std::size_t width);
std::string as_markdown(const Table& table);
std::string as_html(const std::vector<Table>& tables, const std::string& title, const std::string& note); // a whole page

} // namespace coach
