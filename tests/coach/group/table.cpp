#include "coach/group/table.h"

#include "coach/terminal/text.h"

#include <algorithm>

namespace coach {

namespace {

std::string filled(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::size_t width_of(const Table& table, std::size_t column)
{
    std::size_t width = table.columns[column].size();
    for (const Row& row : table.rows)
        width = std::max(width, row.marks[column].word.size());
    return width;
}

std::string block(const Table& table, std::size_t labels, std::size_t begin, std::size_t end)
{
    std::string text = filled(table.corner, labels), line;
    const auto add = [&](std::size_t column, const std::string& word) { text += "  " + filled(word, width_of(table, column)); };
    const auto end_line = [&] {
        text.erase(text.find_last_not_of(' ') + 1);
        text += "\n";
    };
    for (std::size_t i = begin; i < end; ++i)
        add(i, table.columns[i]);
    end_line();
    for (const Row& row : table.rows) {
        text += filled(row.label, labels);
        for (std::size_t i = begin; i < end; ++i)
            add(i, row.marks[i].word);
        end_line();
    }
    return text;
}

std::string without_bars(std::string text)
{
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
        text.insert(at, "\\");
    return text;
}

} // namespace

std::string as_text(const Table& table, std::size_t width)
{
    std::string text = table.title + "\n\n";
    for (const std::string& remark : table.remarks)
        text += wrapped(remark, width);
    if (!table.remarks.empty())
        text += "\n";
    std::size_t labels = table.corner.size();
    for (const Row& row : table.rows)
        labels = std::max(labels, row.label.size());
    for (std::size_t begin = 0, end = 0; begin < table.columns.size(); begin = end) {
        std::size_t used = labels + 2 + width_of(table, begin);
        for (end = begin + 1; end < table.columns.size() && used + 2 + width_of(table, end) <= width; ++end)
            used += 2 + width_of(table, end);
        text += block(table, labels, begin, end) + "\n";
    }
    std::string list;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        for (const Row& row : table.rows)
            if (!row.marks[i].line.empty())
                list +=
                    "  " + trimmed(wrapped(table.columns[i] + ", " + row.label + ": " + row.marks[i].line, width, "    ")) + "\n";
    return text + list + (list.empty() ? "" : "\n");
}

std::string as_markdown(const Table& table)
{
    std::string text = "## " + table.title + "\n\n";
    for (const std::string& remark : table.remarks)
        text += remark + "\n\n";
    text += "| " + table.corner + " |";
    for (const std::string& column : table.columns)
        text += " " + column + " |";
    text += "\n|---|";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        text += "---|";
    std::string list;
    for (const Row& row : table.rows) {
        text += "\n| " + row.label + " |";
        for (const Mark& mark : row.marks)
            text += " " + without_bars(mark.kind == Mark::Kind::bad ? "**" + mark.word + "**" : mark.word) + " |";
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        for (const Row& row : table.rows)
            if (const Mark& mark = row.marks[i]; mark.kind == Mark::Kind::bad && !mark.more.empty())
                list += "\n### " + table.columns[i] + ", " + row.label + "\n\n````text\n" + trimmed(mark.more) + "\n````\n";
    return text + "\n" + list + "\n";
}

} // namespace coach
