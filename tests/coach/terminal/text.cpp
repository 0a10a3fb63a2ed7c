#include "coach/terminal/text.h"

#include <algorithm>

namespace coach {

std::string trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(space);
    return begin == std::string_view::npos ? "" : std::string{text.substr(begin, text.find_last_not_of(space) - begin + 1)};
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

namespace {

std::size_t columns_of(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// How many letters must be put in, taken out, changed or swapped with their neighbour to make `b` of `a`.
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                least[i][j] = i + j;
                continue;
            }
            const std::size_t changed = least[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1, changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
        }
    return least[a.size()][b.size()];
}

std::string without_stars(std::string text)
{
    for (std::size_t at = text.find("**"); at != std::string::npos; at = text.find("**", at))
        text.erase(at, 2);
    return text;
}

} // namespace

std::string wrapped(const std::string& text, std::size_t width, const std::string& indent)
{
    std::string result, line, word;
    const auto end_line = [&] {
        if (!line.empty())
            result += indent + line + "\n";
        line.clear();
    };
    const auto end_word = [&] {
        if (!line.empty() && columns_of(indent) + columns_of(line) + 1 + columns_of(word) > width)
            end_line();
        if (!word.empty())
            line += (line.empty() ? "" : " ") + word;
        word.clear();
    };
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t')
            end_word();
        else
            word += c;
    }
    end_word();
    end_line();
    return result;
}

std::string readable(const std::string& markdown, std::size_t width, const std::string& indent)
{
    std::string result, paragraph, hang;
    const auto end_paragraph = [&] {
        std::string text = wrapped(without_stars(paragraph), width, indent + hang);
        if (!hang.empty() && !text.empty())
            text[indent.size()] = '-';
        result += text;
        paragraph.clear();
        hang.clear();
    };
    bool in_code = false;
    for (const std::string& line : lines_of(markdown)) {
        if (line.starts_with("```")) {
            end_paragraph();
            in_code = !in_code;
        } else if (in_code || (line.starts_with("    ") && paragraph.empty())) {
            result += indent + line + "\n";
        } else if (trimmed(line).empty()) {
            end_paragraph();
            result += "\n";
        } else {
            if (line.starts_with("- ")) {
                end_paragraph();
                hang = "  ";
            }
            paragraph += " " + line.substr(hang == "  " && line.starts_with("- ") ? 2 : 0);
        }
    }
    end_paragraph();
    return result;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates)
{
    std::string best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1; // more changes than that, and it is another word
    for (const std::string& candidate : candidates) {
        const bool begins = word.size() >= 2 && candidate.starts_with(word);
        if (const std::size_t changes = begins ? 0 : distance(word, candidate); changes < least) {
            least = changes;
            best = candidate;
        }
    }
    return best;
}

} // namespace coach
