#include "coach/judge/results.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace coach {

namespace {

constexpr const char* state_names[] = {"unknown", "green", "red", "unwritten", "does_not_compile", "broken"};

std::string file_of(const Project& project, const Exercise& exercise)
{
    return project.state_folder() + "/results/" + exercise.name;
}

} // namespace

Result last_result(const Project& project, const Exercise& exercise)
{
    Result result;
    Stamps stamps;
    for (const std::string& line : lines_of(read_file(file_of(project, exercise)).value_or(""))) {
        const std::size_t space = line.find(' ');
        const std::string key = line.substr(0, space), value = space == std::string::npos ? "" : line.substr(space + 1);
        if (key == "state") {
            for (std::size_t i = 0; i < std::size(state_names); ++i)
                if (value == state_names[i])
                    result.verdict.state = static_cast<State>(i);
        } else if (key == "passed") {
            result.verdict.passed = std::atoi(value.c_str());
        } else if (key == "total") {
            result.verdict.total = std::atoi(value.c_str());
        } else if (key == "test") {
            result.verdict.test = value;
        } else if (key == "answer") {
            stamps.answer = std::strtoull(value.c_str(), nullptr, 16);
        } else if (key == "tests") {
            stamps.tests = std::strtoull(value.c_str(), nullptr, 16);
        }
    }
    if (result.verdict.state != State::unknown) {
        const Stamps now = stamps_of(project, exercise);
        result.answer_is_newer = now.answer != stamps.answer;
        result.tests_are_newer = now.tests != stamps.tests;
    }
    return result;
}

void keep_result(const Project& project, const Exercise& exercise, const Check& check)
{
    const Verdict& verdict = check.verdict();
    char stamps[64];
    std::snprintf(stamps, sizeof stamps, "answer %016llx\ntests %016llx\n",
                  static_cast<unsigned long long>(check.stamps().answer), static_cast<unsigned long long>(check.stamps().tests));
    write_file(file_of(project, exercise), std::string{"state "} + state_names[static_cast<std::size_t>(verdict.state)] +
                                               "\npassed " + std::to_string(verdict.passed) + "\ntotal " +
                                               std::to_string(verdict.total) + "\ntest " + verdict.test + "\n" + stamps);
}

int kept_number(const Project& project, const std::string& name)
{
    return std::atoi(read_file(project.state_folder() + "/" + name).value_or("0").c_str());
}

void keep_number(const Project& project, const std::string& name, int number)
{
    write_file(project.state_folder() + "/" + name, std::to_string(number) + "\n");
}

} // namespace coach
