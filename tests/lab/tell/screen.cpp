#include "lab/tell/screen.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace lab {

namespace {

constexpr std::size_t least_width = 80;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t width_of(int terminal)
{
    winsize size{};
    return ::ioctl(terminal, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::size_t width_of_our_terminal()
{
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    const std::size_t width = terminal < 0 ? 0 : width_of(terminal);
    if (terminal >= 0)
        ::close(terminal);
    return width;
}

} // namespace

std::size_t screen_width()
{
    const char* said = std::getenv("COLUMNS");
    std::size_t width = said != nullptr ? std::strtoul(said, nullptr, 10) : 0;
    if (width == 0)
        width = ::isatty(1) == 1 ? width_of(1) : width_of_our_terminal();
    return width == 0 ? no_limit : std::max(width, least_width);
}

std::size_t columns(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t indent)
{
    std::vector<std::string> lines;
    for (std::string line{text};;) {
        if (columns(line) <= width)
            return lines.push_back(line), lines;
        std::size_t end = 0; // behind the last character that has room
        for (std::size_t room = width + 1; end < line.size() && (room -= begins_character(line[end]) ? 1 : 0) > 0;)
            ++end;
        const std::size_t begin = lines.empty() ? 0 : indent, space = line.rfind(' ', end);
        const bool breaks = space != std::string::npos && line.find_first_not_of(' ', begin) < space;
        std::string rest = line.substr(breaks ? space + 1 : end);
        line.resize(breaks ? space : end);
        lines.push_back(line);
        line = std::string(indent, ' ') + rest;
    }
}

std::string fitted(const std::string& line, std::size_t width, std::size_t indent)
{
    std::string result;
    for (const std::string& part : width == no_limit ? std::vector<std::string>{line} : wrapped(line, width, indent))
        (result += result.empty() ? "" : "\n") += part;
    return result;
}

} // namespace lab
