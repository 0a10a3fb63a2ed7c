#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coach {

struct Exercise {
    std::string name;       // 03_bind
    std::string track;      // 1
    std::string executable; // of its tests, linked to the answer
    std::string level;      // junior, mid, senior, staff, as README.md's map has it; "" when it is not there
    std::string about;      // one phrase of the map

    std::string number() const { return name.substr(0, name.find('_')); }
    std::string short_name() const { return name.substr(name.find('_') + 1); }
};

struct Track {
    std::string number, title;
};

// What kata knows of the build folder that it stands in, and of the sources that it was built from. CMake wrote the first down
// (tests/coach/CMakeLists.txt), README.md says the rest.
class Project {
public:
    // `build` is the build folder. Throws Complaint when it does not belong together any more, with what to type.
    explicit Project(const std::string& build);

    std::string source, build;       // without a slash at the end
    std::string answers;             // the folder of answers that is built here, absolute
    std::string answers_label;       // how a lesson names it: exercises
    std::string cmake;               // the program
    std::vector<Exercise> exercises; // in learning order
    std::vector<Track> tracks;

    // By 10, 10_echo_server, echo_server or a path to it. Throws Complaint with a suggestion.
    const Exercise& find(const std::string& word) const;
    std::string answer_folder(const Exercise& exercise) const { return answers + "/" + exercise.name; }
    std::string answer(const Exercise& exercise) const { return answer_folder(exercise) + "/" + exercise.short_name() + ".cpp"; }
    std::string state_folder() const { return build + "/coach"; } // what kata keeps with the build folder

private:
    void read_map();
};

// Where this program stands, and how a person in the current folder types it.
std::string folder_of_this_program();
std::string how_to_type_this_program();

} // namespace coach
