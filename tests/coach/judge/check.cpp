#include "coach/judge/check.h"

#include "coach/judge/compiler.h"
#include "coach/terminal/console.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

namespace coach {

namespace {

constexpr long build_silence_ms = 300000; // a piece of the lab takes seconds
constexpr std::size_t most_bytes = std::size_t{16} << 20U;

} // namespace

// Nothing from the build that may have started us; in English, because the compiler's words are read; all cores.
EnvironmentChanges for_the_build()
{
    static const std::string cores = std::to_string(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    EnvironmentChanges settings{
        {"MAKEFLAGS", nullptr}, {"MAKELEVEL", nullptr}, {"MFLAGS", nullptr}, {"NINJA_STATUS", nullptr}, {"LC_ALL", "C.UTF-8"}};
    if (std::getenv("CMAKE_BUILD_PARALLEL_LEVEL") == nullptr)
        settings.emplace_back("CMAKE_BUILD_PARALLEL_LEVEL", cores.c_str());
    return settings;
}

Stamps stamps_of(const Project& project, const Exercise& exercise)
{
    const std::uint64_t lab = stamp_of(project.source + "/tests/lab", true);
    return {stamp_of(project.answer_folder(exercise), false), stamp_of(project.source + "/tests/" + exercise.name, false) ^ lab};
}

Check::Check(const Project& project, const Exercise& exercise, const std::optional<Limits>& limits)
    : Check{project, What{exercise.name, exercise.executable, project.answer(exercise), "", 60000, limits}}
{
    stamps_ = stamps_of(project, exercise);
}

Check::Check(const Project& project, const What& what)
    : project_{project},
      what_{what},
      width_{std::to_string(columns())},
      build_{std::in_place, std::vector<std::string>{project.cmake, "--build", project.build, "--target", what.target},
             for_the_build(), what.limits},
      heard_ms_{steady_ms()}
{
}

bool Check::advance()
{
    const std::size_t before = heard_bytes_;
    bool runs = true;
    if (tests_) {
        runs = tests_->advance(heard_bytes_);
    } else {
        std::string piece;
        runs = build_->read(piece);
        output_ += piece;
        heard_bytes_ += piece.size();
    }
    if (heard_bytes_ != before)
        heard_ms_ = steady_ms();
    if (!tests_) {
        if (!runs)
            built();
        else
            check_patience("The build", what_.limits ? build_silence_ms : -1);
    } else if (!runs) {
        const std::string warnings = verdict_.warnings;
        verdict_ = tests_->verdict();
        verdict_.warnings = warnings;
        tests_->stop();
    } else {
        check_patience("The test program", std::getenv("KATA_PATIENT") == nullptr ? what_.silence_ms : -1);
    }
    return verdict_.state == State::unknown;
}

void Check::check_patience(const std::string& who, long silence_ms)
{
    if (silence_ms >= 0 && steady_ms() - heard_ms_ > silence_ms)
        verdict_.text = who + " has said nothing for " + std::to_string(silence_ms / 1000) + " seconds, and was ended.\n";
    else if (heard_bytes_ > most_bytes)
        verdict_.text = who + " has said more than " + std::to_string(most_bytes >> 20U) + " MB, and was ended.\n";
    else
        return;
    verdict_.state = State::broken;
    if (tests_)
        tests_->stop();
    else
        build_->stop();
}

void Check::built()
{
    const CompilerWords words = compiler_words(output_, what_.file, project_.source);
    verdict_.warnings = words.warnings;
    if (build_->exit_code() != 0) {
        verdict_.state = words.about_the_answer ? State::does_not_compile : State::broken;
        verdict_.text = words.errors;
        return;
    }
    heard_ms_ = steady_ms();
    heard_bytes_ = 0;
    std::vector<std::string> command{what_.executable, "--gtest_color=no", "--gtest_fail_fast"};
    if (!what_.filter.empty())
        command.push_back("--gtest_filter=" + what_.filter);
    EnvironmentChanges settings;
    if (on_terminal()) // ours, which the test program does not see
        settings.emplace_back("COLUMNS", width_.c_str());
    // What is not ours has limits, which are those of one process; and one test is one process's work.
    tests_.emplace(command, settings, what_.limits, what_.limits || !what_.filter.empty() ? 1 : processes_at_once());
}

} // namespace coach
