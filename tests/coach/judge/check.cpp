#include "coach/judge/check.h"

#include "coach/judge/compiler.h"
#include "coach/terminal/console.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

namespace coach {

namespace {

// Nothing from the build that may have started us; in English, because the compiler's words are read; all cores.
Process::Settings for_the_build()
{
    static const std::string cores = std::to_string(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    Process::Settings settings{
        {"MAKEFLAGS", nullptr}, {"MAKELEVEL", nullptr}, {"MFLAGS", nullptr}, {"NINJA_STATUS", nullptr}, {"LC_ALL", "C.UTF-8"}};
    if (std::getenv("CMAKE_BUILD_PARALLEL_LEVEL") == nullptr)
        settings.emplace_back("CMAKE_BUILD_PARALLEL_LEVEL", cores.c_str());
    return settings;
}

} // namespace

Stamps stamps_of(const Project& project, const Exercise& exercise)
{
    const std::uint64_t lab = stamp_of(project.source + "/tests/lab", true);
    return {stamp_of(project.answer_folder(exercise), false), stamp_of(project.source + "/tests/" + exercise.name, false) ^ lab};
}

Check::Check(const Project& project, const Exercise& exercise)
    : Check{project, What{exercise.name, exercise.executable, project.answer(exercise), ""}}
{
    stamps_ = stamps_of(project, exercise);
}

Check::Check(const Project& project, const What& what)
    : project_{project},
      what_{what},
      width_{std::to_string(columns())},

      process_{std::in_place, std::vector<std::string>{project.cmake, "--build", project.build, "--target", what.target},
               for_the_build()}
{
}

bool Check::advance()
{
    std::string piece;
    const bool runs = process_->read(piece);
    if (is_building_) {
        output_ += piece;
        if (!runs)
            built();
        return verdict_.state == State::unknown;
    }
    reader_.read(piece);
    if (reader_.decided() || !runs) {
        const std::string warnings = verdict_.warnings;
        verdict_ = reader_.verdict(process_->exit_code());
        verdict_.warnings = warnings;
        process_->stop();
    } else if (!piece.empty()) {
        heard_ms_ = steady_ms();
    } else if (steady_ms() - heard_ms_ > what_.silence_ms && std::getenv("KATA_PATIENT") == nullptr) {
        verdict_.state = State::broken;
        verdict_.text =
            "The test program has said nothing for " + std::to_string(what_.silence_ms / 1000) + " seconds, and was ended.\n";
        process_->stop();
    }
    return verdict_.state == State::unknown;
}

void Check::built()
{
    const CompilerWords words = compiler_words(output_, what_.file, project_.source);
    verdict_.warnings = words.warnings;
    if (process_->exit_code() != 0) {
        verdict_.state = words.about_the_answer ? State::does_not_compile : State::broken;
        verdict_.text = words.errors;
        return;
    }
    is_building_ = false;
    heard_ms_ = steady_ms();
    std::vector<std::string> command{what_.executable, "--gtest_color=no", "--gtest_fail_fast"};
    if (!what_.filter.empty())
        command.push_back("--gtest_filter=" + what_.filter);
    Process::Settings settings;
    if (on_terminal()) // ours, which the test program does not see
        settings.emplace_back("COLUMNS", width_.c_str());
    process_.emplace(command, settings);
}

} // namespace coach
