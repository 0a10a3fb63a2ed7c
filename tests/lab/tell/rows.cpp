#include "lab/tell/rows.h"

#include "lab/tell/fold.h"
#include "lab/tell/screen.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace lab {

namespace {

constexpr std::size_t head_rows = 14, tail_rows = 24; // of a long diagram; with what is said between and behind, 40
constexpr std::size_t rows_behind = 3;                // the one that deviates
constexpr std::array<std::size_t, 3> wide{44, 32, 1}, least{27, 16, 16}; // columns: your code, the kernel, the peers
constexpr const char* titles[] = {"your code", "kernel", "peers (the test)"};

using Cells = std::array<std::string, 3>;

Cells cells_of(const Row& row)
{
    std::string peer = row.peer;
    if (row.others > 0 && peer.starts_with(row.actor))
        peer.insert(row.actor.size(), row.actor.empty() ? "" : " (and " + std::to_string(row.others) + " others)");
    const bool counts = row.repeats > 1 && peer == row.peer;
    return {row.code + (counts ? "  x" + std::to_string(row.repeats) : ""), row.kernel, peer};
}

std::string trimmed(std::string text)
{
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// Each cell in its column, over as many lines as it needs; `front` stands before the first.
std::string line(const std::string& front, const Cells& cells, const std::array<std::size_t, 3>& widths, bool wraps)
{
    std::array<std::vector<std::string>, 3> lines;
    std::size_t height = 1;
    for (std::size_t c = 0; c < 3; ++c) {
        lines[c] = wraps ? wrapped(cells[c], widths[c], 2) : std::vector<std::string>{cells[c]};
        height = std::max(height, lines[c].size());
    }
    std::string text;
    for (std::size_t i = 0; i < height; ++i) {
        std::string one = i == 0 ? front : std::string(columns(front), ' ');
        for (std::size_t c = 0; c < 3; ++c) {
            const std::string cell = i < lines[c].size() ? lines[c][i] : "";
            const std::size_t room = widths[c] + (wraps ? 2 : 0), used = columns(cell);
            one += cell + (c == 2 ? "" : std::string(used < room ? room - used : 1, ' '));
        }
        text += trimmed(one) + "\n";
    }
    return text;
}

std::string front_of(const Row& row, bool wraps)
{
    char time[32];
    std::snprintf(time, sizeof time, wraps ? "%7.2f  " : "%7.2f ms  ", static_cast<double>(row.time) / 1e6);
    std::string text = time;
    if (row.deviates)
        text.replace(0, text.compare(0, 2, "  ") == 0 ? 2 : 0, "=>");
    return text;
}

// In a narrow diagram the words of the kernel follow its number without a gap.
std::string closed_up(std::string cell)
{
    const std::size_t gap = cell.find("  "), word = cell.find_first_not_of(' ', gap);
    if (gap != std::string::npos && gap > 0 && word != std::string::npos)
        cell.erase(gap + 1, word - gap - 1);
    return cell;
}

// Every column gets its least width, and then, one by one, those that need more and have least get it.
std::array<std::size_t, 3> narrow(const std::vector<Cells>& all, std::size_t room)
{
    std::array<std::size_t, 3> needs{}, widths = least;
    for (const Cells& cells : all)
        for (std::size_t c = 0; c < 3; ++c)
            needs[c] = std::max(needs[c], columns(cells[c]));
    const auto grown = [&](std::size_t c) { return (widths[c] - least[c]) * (c == 0 ? 1 : 2); }; // the learner's code needs most
    std::size_t left = room - 4 - least[0] - least[1] - least[2];
    for (; left > 0; --left) {
        std::size_t next = 3;
        for (std::size_t c = 0; c < 3; ++c)
            if (needs[c] > widths[c] && (next == 3 || grown(c) < grown(next)))
                next = c;
        if (next == 3)
            break;
        ++widths[next];
    }
    return widths;
}

std::size_t widest(const std::string& text)
{
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        most = std::max(most, columns(std::string_view{text}.substr(begin, end - begin)));
        begin = end + 1;
    }
    return most;
}

std::string drawn(const std::vector<Row>& rows, std::size_t skipped, bool goes_on, std::size_t width)
{
    const bool wraps = width != no_limit;
    std::vector<Cells> all;
    for (const Row& row : rows) {
        all.push_back(cells_of(row));
        if (wraps)
            all.back()[1] = closed_up(all.back()[1]);
    }
    const std::string title = wraps ? "     ms  " : "      time  ";
    const auto widths = wraps ? narrow(all, width - title.size()) : wide;
    std::string text = line(title, {titles[0], titles[1], titles[2]}, widths, false);
    if (wraps)
        text = line(title, {titles[0], titles[1], titles[2]}, widths, true);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (skipped > 0 && i == head_rows)
            text += std::string(title.size(), ' ') + ".. " + std::to_string(skipped) + " more rows ..\n";
        text += line(front_of(rows[i], wraps), all[i], widths, wraps);
    }
    return text + (goes_on ? std::string(title.size(), ' ') + ".. it goes on ..\n" : "");
}

} // namespace

std::string lay_out(std::vector<Row> rows, std::size_t width)
{
    rows = folded(rows);
    const auto deviation = std::find_if(rows.begin(), rows.end(), [](const Row& row) { return row.deviates; });
    const bool goes_on = rows.end() - deviation > static_cast<long>(rows_behind + 1);
    if (goes_on)
        rows.erase(deviation + static_cast<long>(rows_behind + 1), rows.end());
    std::size_t skipped = 0;
    if (rows.size() > head_rows + tail_rows + 1) {
        skipped = rows.size() - head_rows - tail_rows;
        rows.erase(rows.begin() + static_cast<long>(head_rows), rows.end() - static_cast<long>(tail_rows));
    }
    const std::string text = drawn(rows, skipped, goes_on, no_limit);
    return width == no_limit || widest(text) <= width ? text : drawn(rows, skipped, goes_on, width);
}

} // namespace lab
