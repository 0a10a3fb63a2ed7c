#include "coach/group/table.h"

#include "coach/terminal/text.h"

namespace coach {

namespace {

constexpr const char* style = R"(
:root { color-scheme: light dark; --good: #d9f2dd; --bad: #fadcd9; --none: transparent; --line: #bbb; --sheet: #fff; --text: #111; }
@media (prefers-color-scheme: dark) {
  :root { --good: #1d4a2a; --bad: #642a26; --line: #555; --sheet: #1b1b1b; --text: #eee; }
}
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 70rem; padding: 0 1rem 40vh; background: var(--sheet); color: var(--text); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; white-space: nowrap; }
tbody th { position: sticky; left: 0; background: var(--sheet); font-weight: normal; }
.good { background: var(--good); }
.bad { background: var(--bad); }
.none { opacity: .7; }
summary { cursor: pointer; }
details[open] > summary { font-weight: bold; }
td details > div { position: fixed; left: 0; right: 0; bottom: 0; max-height: 50vh; overflow: auto; padding: .5rem 1rem 1rem;
  background: var(--sheet); color: var(--text); border-top: 3px solid var(--line); z-index: 1; }
pre { font: 13px/1.35 ui-monospace, monospace; margin: .5rem 0; }
)";

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        default: result += static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t' ? '?' : c;
        }
    }
    return result;
}

// details of one name close each other, where the browser knows that; elsewhere a second click closes.
std::string cell(const Mark& mark, const std::string& whose)
{
    const char* const kind = mark.kind == Mark::Kind::good ? "good" : mark.kind == Mark::Kind::bad ? "bad" : "none";
    std::string text = "<td class=\"" + std::string{kind} + "\">";
    if (mark.more.empty())
        return text + escaped(mark.word) + "</td>";
    return text + "<details name=\"cell\"><summary>" + escaped(mark.word) + "</summary><div><strong>" + escaped(whose) +
           "</strong><pre>" + escaped(trimmed(mark.more)) + "</pre></div></details></td>";
}

} // namespace

std::string as_html(const std::vector<Table>& tables, const std::string& title, const std::string& note)
{
    std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                       escaped(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + escaped(title) +
                       "</h1>\n<p>" + escaped(note) + "</p>\n";
    for (const Table& table : tables) {
        page += "<h2>" + escaped(table.title) + "</h2>\n";
        for (const std::string& remark : table.remarks)
            page += "<p><strong>" + escaped(remark) + "</strong></p>\n";
        page += "<div class=\"scroll\"><table>\n<thead><tr><th>" + escaped(table.corner) + "</th>";
        for (const std::string& column : table.columns)
            page += "<th>" + escaped(column) + "</th>";
        page += "</tr></thead>\n<tbody>\n";
        for (const Row& row : table.rows) {
            page += "<tr><th>" + escaped(row.label) + "</th>";
            for (std::size_t i = 0; i < row.marks.size(); ++i)
                page += cell(row.marks[i], table.columns[i] + ", " + row.label);
            page += "</tr>\n";
        }
        page += "</tbody></table></div>\n";
    }
    return page + "</body>\n</html>\n";
}

} // namespace coach
