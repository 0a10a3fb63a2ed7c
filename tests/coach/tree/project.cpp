#include "coach/tree/project.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <unistd.h>

namespace coach {

namespace {

std::vector<std::string> cut(const std::string& line, char at)
{
    std::vector<std::string> parts{""};
    for (const char c : line) {
        if (c == at)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::string real_path(const std::string& path)
{
    char buffer[PATH_MAX];
    return ::realpath(path.c_str(), buffer) == nullptr ? "" : buffer;
}

// "[03_bind](exercises/03_bind/README.md)" is 03_bind.
std::string link_text(const std::string& cell)
{
    const std::size_t begin = cell.find('['), end = cell.find("](");
    return begin == std::string::npos || end == std::string::npos || end < begin ? "" : cell.substr(begin + 1, end - begin - 1);
}

} // namespace

std::string folder_of_this_program()
{
    const std::string path = real_path("/proc/self/exe");
    return path.substr(0, path.rfind('/'));
}

std::string how_to_type_this_program()
{
    const std::string program = folder_of_this_program() + "/kata"; // not kata_whole, which nobody types
    std::string here = real_path(".");
    if (here != "/")
        here += "/";
    if (here.empty() || !program.starts_with(here))
        return program;
    const std::string rest = program.substr(here.size());
    return rest.find('/') == std::string::npos ? "./" + rest : rest;
}

Project::Project(const std::string& folder)
{
    const std::string cure = "    cmake --workflow --preset practice";
    const std::string list = folder + "/coach/exercises.txt";
    const auto text = read_file(list);
    if (!text)
        throw Complaint{"This kata stands in " + folder +
                        ", and there is no coach/exercises.txt beside it: that is no build folder.\n"
                        "In the folder of the sources, type\n" +
                        cure};
    for (const std::string& line : lines_of(*text)) {
        const std::vector<std::string> part = cut(line, '\t');
        if (part.size() == 4 && part[0] == "exercise")
            exercises.push_back({part[1], part[2], part[3], "", ""});
        else if (part.size() == 2)
            (part[0] == "source"    ? source
             : part[0] == "build"   ? build
             : part[0] == "answers" ? answers
             : part[0] == "label"   ? answers_label
                                    : cmake) = part[1];
    }
    if (!exists(source + "/CMakeLists.txt"))
        throw Complaint{"The sources were in " + source +
                        " when this kata was built, and are not there now. Go to the folder where they are, and type\n"
                        "    rm -r build\n" +
                        cure};
    if (real_path(build) != real_path(folder))
        throw Complaint{"This kata was built in " + build + ", and stands in " + folder + " now. In " + source + ", type\n" +
                        cure};
    if (exercises.empty())
        throw Complaint{"No exercise has an answer in " + answers + "."};
    read_map();
}

// README.md's tables: rows that begin with a link to an exercise, under a header that names the columns, under **Track 1:
// title**.
void Project::read_map()
{
    std::vector<std::string> header;
    for (const std::string& line : lines_of(read_file(source + "/README.md").value_or(""))) {
        if (line.starts_with("**Track ")) {
            const std::size_t colon = line.find(": "), end = line.rfind("**");
            if (colon != std::string::npos && end > colon)
                tracks.push_back({line.substr(8, colon - 8), line.substr(colon + 2, end - colon - 2)});
        }
        const std::vector<std::string> cells = cut(line, '|');
        if (cells.size() < 3)
            continue;
        if (trimmed(cells[1]) == "Exercise")
            header = cells;
        for (Exercise& exercise : exercises)
            if (link_text(cells[1]) == exercise.name)
                for (std::size_t i = 2; i < cells.size() && i < header.size(); ++i) {
                    if (trimmed(header[i]) == "Level")
                        exercise.level = trimmed(cells[i]);
                    if (trimmed(header[i]) == "What it is about")
                        exercise.about = trimmed(cells[i]);
                }
    }
}

const Exercise& Project::find(const std::string& word) const
{
    std::string wanted = word;
    while (wanted.ends_with('/'))
        wanted.pop_back();
    const auto is_it = [&](const std::string& text) {
        return std::find_if(exercises.begin(), exercises.end(), [&](const Exercise& e) {
            return text == e.name || text == e.short_name() || text == e.number() || "0" + text == e.number();
        });
    };
    auto found = is_it(wanted.substr(wanted.rfind('/') + 1));                // exercises/03_bind
    if (found == exercises.end() && wanted.find('/') != std::string::npos) { // exercises/03_bind/bind.cpp
        const std::string folder = wanted.substr(0, wanted.rfind('/'));
        found = is_it(folder.substr(folder.rfind('/') + 1));
    }
    if (found != exercises.end())
        return *found;
    std::vector<std::string> names;
    for (const Exercise& exercise : exercises)
        names.insert(names.end(), {exercise.name, exercise.short_name()});
    const std::string near = nearest(wanted, names);
    throw Complaint{"There is no exercise \"" + word + "\"" + (near.empty() ? "" : "; did you mean " + find(near).name + "?") +
                    (near.empty() ? ". \"kata list\" shows all of them." : "")};
}

} // namespace coach
