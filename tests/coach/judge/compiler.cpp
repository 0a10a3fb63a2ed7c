#include "coach/judge/compiler.h"

#include "coach/terminal/text.h"

#include <vector>

namespace coach {

namespace {

bool has(const std::string& line, std::string_view text) { return line.find(text) != std::string::npos; }

// What the build tool says about itself: progress, the command line that failed, its end.
bool is_noise(const std::string& line)
{
    const auto before_program = line.substr(0, line.find(": "));
    return line.empty() || line[0] == '[' || line.starts_with("FAILED: ") || line.starts_with("ninja: ") ||
           line.starts_with("gmake") || line.starts_with("make") || line.starts_with("collect2: ") ||
           line.starts_with("cc1plus: all warnings") || has(line, " -o ") || line.starts_with("Consolidate compiler") ||
           line.starts_with("compilation terminated") || has(line, " generated.") || line.starts_with("clang: error: linker") ||
           before_program.ends_with("/ld");
}

// One error or warning: its line, and the lines about it (the code, the way to it, notes).
struct Diagnostic {
    bool is_error = false, in_answer = false;
    std::string text;
};

enum class Part { other, error, warning, note, way, code };

Part part_of(const std::string& line)
{
    if (has(line, ": error: ") || has(line, ": fatal error: "))
        return Part::error;
    if (has(line, ": warning: "))
        return Part::warning;
    if (has(line, ": note: "))
        return Part::note;
    if (line.starts_with("In file included from ") || line.starts_with("                 from ") || has(line, ": In function ") ||
        has(line, ": In member function ") || has(line, ": In instantiation of ") || has(line, ": In constructor ") ||
        has(line, ": In destructor ") || has(line, ": At global scope") || has(line, "required from ") ||
        has(line, ": In lambda function"))
        return Part::way;
    if (line.starts_with("      ") || (line.starts_with(" ") && has(line, " | ")))
        return Part::code;
    return Part::other;
}

std::vector<Diagnostic> diagnostics_of(const std::vector<std::string>& lines, const std::string& answer)
{
    std::vector<Diagnostic> all;
    std::string way; // lines of the answer that led to an error in somebody else's header
    bool shown = false;
    for (const std::string& line : lines) {
        const bool here = line.starts_with(answer);
        const Part part = part_of(line);
        if (part == Part::way) {
            shown = false;
            if (here && has(line, "required from "))
                way += line + "\n";
        } else if (part == Part::error || part == Part::warning) {
            all.push_back({part == Part::error, here || !way.empty(), line});
            all.back().text.append("\n").append(way);
            way.clear();
            shown = here;
        } else if (part == Part::note) {
            shown = here && !all.empty();
            if (shown)
                all.back().text += line + "\n";
        } else if (part == Part::code && shown) {
            all.back().text += line + "\n";
        }
    }
    return all;
}

std::string shortened(std::string text, const std::string& source)
{
    const std::string prefix = source + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at))
        text.erase(at, prefix.size());
    return text;
}

// A function of the contract that the answer does not define: the linker's one useful line for each.
std::string missing_functions(const std::vector<std::string>& lines)
{
    std::vector<std::string> names;
    for (const std::string& line : lines) {
        const std::size_t at = line.find("undefined reference to `");
        if (at == std::string::npos)
            continue;
        const std::string name = line.substr(at + 24, line.rfind('\'') - at - 24);
        if (names.empty() || names.back() != name)
            names.push_back(name);
    }
    std::string text;
    for (const std::string& name : names)
        if (!has(text, "    " + name + "\n"))
            text += "    " + name + "\n";
    return text.empty() ? "" : "The contract has these, and the answer does not define them:\n" + text;
}

std::string without_noise(const std::vector<std::string>& lines)
{
    constexpr std::size_t most = 30;
    std::vector<std::string> kept;
    for (const std::string& line : lines)
        if (!is_noise(line))
            kept.push_back(line);
    std::string text;
    for (std::size_t i = 0; i < kept.size() && i < most; ++i)
        text += kept[i] + "\n";
    return text + (kept.size() > most ? "(and " + std::to_string(kept.size() - most) + " more lines)\n" : "");
}

} // namespace

CompilerWords compiler_words(const std::string& output, const std::string& answer, const std::string& source, std::size_t most)
{
    const std::vector<std::string> lines = lines_of(output);
    CompilerWords words;
    std::size_t errors = 0;
    for (const Diagnostic& one : diagnostics_of(lines, answer)) {
        if (!one.in_answer)
            continue;
        if (!one.is_error)
            words.warnings += one.text;
        else if (++errors <= most)
            words.errors += one.text;
    }
    if (errors > most)
        words.errors += "(and " + std::to_string(errors - most) + " more; the first is the one to repair)\n";
    if (words.errors.empty())
        words.errors = missing_functions(lines);
    words.about_the_answer = !words.errors.empty();
    if (words.errors.empty())
        words.errors = without_noise(lines);
    words.errors = shortened(words.errors, source);
    words.warnings = shortened(words.warnings, source);
    return words;
}

} // namespace coach
