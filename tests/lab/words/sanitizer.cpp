#include "lab/words/describe.h"

#include <cctype>
#include <sstream>
#include <string>

namespace lab {

namespace {

constexpr std::size_t most_lines = 12;

bool is_headline(std::string_view line)
{
    for (const char* word : {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer", "WARNING: ThreadSanitizer",
                             "ERROR: ThreadSanitizer", "runtime error:"})
        if (line.find(word) != std::string_view::npos)
            return true;
    return false;
}

// "==4711==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x60.. at pc .." -> "AddressSanitizer: heap-buffer-overflow"
std::string without_numbers(std::string line)
{
    for (const char* start : {"AddressSanitizer", "LeakSanitizer", "ThreadSanitizer"})
        if (const std::size_t at = line.find(start); at != std::string::npos)
            line = line.substr(at);
    for (const char* end : {" on address ", " on unknown address ", " on 0x", " at pc ", " (pid=", " (pc "})
        line = line.substr(0, line.find(end));
    if (const std::size_t slash = line.find("runtime error:"); slash != std::string::npos)
        line = "UndefinedBehaviorSanitizer: " + line.substr(slash);
    return line;
}

// Whether a source file is an answer's, whatever its folder is called: not the system's, not a compiler's, not the tests'.
bool is_of_an_answer(std::string_view path)
{
    if (path.empty() || path[0] != '/') // how the sources of libc and of the sanitizers are named, unless they are installed
        return false;
    for (const char* folder : {"/wrong/", "/odd/"})
        if (path.find(folder) != std::string_view::npos)
            return true;
    for (const char* other : {"/tests/", "/googletest/", "/gtest/", "/libsanitizer/", "/compiler-rt/", "/sysdeps/"})
        if (path.find(other) != std::string_view::npos)
            return false;
    return path.rfind("/usr/", 0) != 0 && path.rfind("/build/", 0) != 0;
}

// A stack frame in an answer: "    #1 0x55.. in kata::recv_exactly(..) /home/../exercises/06_recv/recv.cpp:12:5".
// Returns "recv.cpp:12 in kata::recv_exactly(..)"; "" for any other line.
std::string frame(const std::string& line)
{
    const std::size_t hash = line.find_first_not_of(' ');
    if (hash == std::string::npos || line[hash] != '#')
        return "";
    const std::size_t slash = line.rfind('/');
    const std::size_t file = slash == std::string::npos ? slash : slash + 1, path = line.rfind(" /", file);
    if (file == std::string::npos || path == std::string::npos || line.find("+0x", file) != std::string::npos ||
        !is_of_an_answer(std::string_view{line}.substr(path + 1))) // "+0x": an executable, and no source is known
        return "";
    const std::string place = line.substr(file, line.find_first_of(" )", file) - file);
    std::size_t in = line.find(" in ");
    in = in == std::string::npos ? hash + 3 : in + 4; // ThreadSanitizer leaves out address and "in"
    return "  " + place + "  in " + line.substr(in, path - in);
}

} // namespace

std::string sanitizer_headline(std::string_view output)
{
    std::istringstream lines{std::string{output}};
    for (std::string line; std::getline(lines, line);)
        if (is_headline(line))
            return without_numbers(line);
    return "see its report below";
}

std::string sanitizer_report(std::string_view output)
{
    std::istringstream lines{std::string{output}};
    std::string report;
    std::size_t used = 0;
    bool inside = false;
    for (std::string line; std::getline(lines, line) && used < most_lines;) {
        std::string shown;
        if (is_headline(line)) {
            inside = true;
            shown = without_numbers(line);
        } else if (inside) {
            shown = frame(line);
            // "READ of size 1 ...", "0 bytes after 8-byte region", "Previous write of size 4 ...": what happened to what
            const std::size_t text = line.find_first_not_of(' ');
            for (const char* start : {"READ of", "WRITE of", "Read of", "Write of", "Previous", "freed by",
                                      "previously allocated", "Direct leak", "allocated by"})
                if (shown.empty() && text != std::string::npos &&
                    line.compare(text, std::char_traits<char>::length(start), start) == 0)
                    shown = line.substr(text, line.find(" at 0x") == std::string::npos ? std::string::npos
                                                                                       : line.find(" at 0x") - text);
        }
        if (shown.empty())
            continue;
        report += shown + "\n";
        ++used;
    }
    return report;
}

} // namespace lab
