#include "coach/group/member.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <climits>
#include <cstdlib>

namespace coach {

namespace {

constexpr std::size_t longest_name = 12; // five of them fit 80 columns
constexpr const char* reference_name = "reference";

std::string checked_name(const std::string& name)
{
    const bool is_plain =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    if (name.empty() || name.size() > longest_name || name[0] == '-' || !is_plain)
        throw Complaint{"\"" + name + "\" is no name for a member: 1 to " + std::to_string(longest_name) +
                        " letters, digits, - or _, please."};
    for (const char* taken : {reference_name, "nc", "socat", "curl", "python3"})
        if (name == taken)
            throw Complaint{std::string{taken} + " is a member already; take another name."};
    return name;
}

std::string folder_of_answers(const Project& project, const std::string& name, const std::string& folder)
{
    char buffer[PATH_MAX];
    if (::realpath(folder.c_str(), buffer) == nullptr)
        throw Complaint{name + ": there is no folder " + folder + "."};
    const std::string path = buffer;
    const std::string answers = exists(path + "/exercises") ? path + "/exercises" : path;
    for (const Exercise& exercise : project.exercises)
        if (exists(answers + "/" + exercise.name))
            return answers;
    throw Complaint{name + ": " + path + " is no checkout and no folder of answers: there is no " + project.exercises[0].name +
                    " in it, and none of the others."};
}

// How our own build folder was configured; "" when it does not say.
std::string cached(const std::string& cache, const std::string& name)
{
    for (const std::string& line : lines_of(cache))
        if (line.starts_with(name + ":"))
            return line.substr(line.find('=') + 1);
    return "";
}

} // namespace

std::string group_folder(const Project& project) { return project.build + "/group"; }

std::vector<Member> members_of(const Project& project, const std::vector<std::string>& words)
{
    std::vector<Member> members;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos)
            throw Complaint{"A member is NAME=DIR, such as ann=../ann; \"" + word + "\" is not."};
        const std::string name = checked_name(word.substr(0, equals));
        for (const Member& other : members)
            if (other.name == name)
                throw Complaint{"Two members are called " + name + "."};
        members.push_back({name, folder_of_answers(project, name, word.substr(equals + 1)), group_folder(project) + "/" + name});
    }
    if (members.empty())
        throw Complaint{"Who is in the group? Type:  kata group ann=../ann bob=../bob"};
    return members;
}

Member reference_member(const Project& project)
{
    return {reference_name, project.source + "/solutions", group_folder(project) + "/" + reference_name};
}

std::vector<std::string> configure_command(const Project& project, const Member& member)
{
    std::vector<std::string> command{project.cmake, "-S", project.source, "-B", member.build, "-DKATA_ANSWERS=" + member.answers};
    const std::string cache = read_file(project.build + "/CMakeCache.txt").value_or("");
    for (const char* name : {"CMAKE_BUILD_TYPE", "CMAKE_CXX_COMPILER", "CMAKE_CXX_FLAGS", "CMAKE_CXX_FLAGS_DEBUG",
                             "CMAKE_CXX_COMPILER_LAUNCHER", "GTest_DIR", "FETCHCONTENT_SOURCE_DIR_GOOGLETEST", "KATA_SANITIZE"})
        if (const std::string value = cached(cache, name); !value.empty())
            command.push_back(std::string{"-D"} + name + "=" + value);
    if (const std::string generator = cached(cache, "CMAKE_GENERATOR"); !generator.empty())
        command.insert(command.end(), {"-G", generator});
    return command;
}

} // namespace coach
