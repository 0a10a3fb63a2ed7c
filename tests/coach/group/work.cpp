#include "coach/group/work.h"

#include "coach/judge/results.h"
#include "coach/terminal/text.h"
#include "coach/tree/files.h"

namespace coach {

namespace {

constexpr long work_silence_ms = 300000; // of cmake, and of a build of programs

const Exercise* find_in(const Project& project, const std::string& name)
{
    for (const Exercise& exercise : project.exercises)
        if (exercise.name == name)
            return &exercise;
    return nullptr;
}

std::string lesson_file(const Project& project, const Exercise& exercise)
{
    return project.state_folder() + "/lessons/" + exercise.name;
}

std::vector<std::string> build_command(const Project& project, const std::vector<std::string>& targets)
{
    std::vector<std::string> command{project.cmake, "--build", project.build, "--target"};
    command.insert(command.end(), targets.begin(), targets.end());
    command.insert(command.end(), {"--", "-k"}); // one that does not compile costs the others nothing
    if (exists(project.build + "/build.ninja"))
        command.emplace_back("0");
    return command;
}

} // namespace

Work::Work(const Project& ours, const Member& member, bool with_checks, const std::vector<std::string>& targets)
    : ours_{ours},
      member_{member},
      with_checks_{with_checks},
      targets_{targets},
      doing_{member.name}
{
}

bool Work::advance()
{
    if (check_) {
        if (check_->advance())
            return true;
        const Exercise& exercise = *find_in(*theirs_, ours_.exercises[next_].name);
        keep_result(*theirs_, exercise, *check_);
        write_file(lesson_file(*theirs_, exercise), check_->verdict().text);
        note(exercise, check_->verdict());
        check_.reset();
        ++next_;
        go_on();
    } else if (!process_) { // the beginning
        process_.emplace(configure_command(ours_, member_), for_the_build(), limits_);
        heard_ms_ = steady_ms();
    } else if (!read()) {
        const bool is_configured = theirs_.has_value();
        if (!is_configured)
            configured();
        process_.reset();
        if (is_configured || !findings_.trouble.empty())
            return false;
        go_on();
    }
    return check_ || process_;
}

bool Work::read()
{
    std::string piece;
    const bool runs = process_->read(piece);
    output_ += piece;
    if (!piece.empty())
        heard_ms_ = steady_ms();
    if (runs && steady_ms() - heard_ms_ > work_silence_ms) {
        output_ += "It has said nothing for " + std::to_string(work_silence_ms / 1000) + " seconds, and was ended.\n";
        process_->stop();
        return false;
    }
    return runs;
}

void Work::configured()
{
    if (process_->exit_code() == 0) {
        try {
            theirs_.emplace(member_.build);
        } catch (const Complaint& complaint) {
            findings_.trouble = complaint.what();
        }
    } else {
        findings_.trouble = output_;
    }
    if (!findings_.trouble.empty())
        news_.push_back(member_.name + ": could not be configured");
}

void Work::note(const Exercise& exercise, Verdict verdict)
{
    news_.push_back(member_.name + " " + exercise.name + ": " + in_words(verdict));
    findings_.verdicts.push_back(std::move(verdict));
}

void Work::go_on()
{
    for (; with_checks_ && next_ < ours_.exercises.size(); ++next_) {
        const Exercise* exercise = find_in(*theirs_, ours_.exercises[next_].name);
        if (exercise == nullptr) {
            Verdict nothing;
            nothing.state = State::unwritten;
            findings_.verdicts.push_back(nothing);
            continue;
        }
        Result last = last_result(*theirs_, *exercise);
        doing_ = member_.name + " " + exercise->name;
        if (last.verdict.state == State::unknown || last.verdict.state == State::broken || last.is_old()) {
            check_.emplace(*theirs_, *exercise, limits_);
            return;
        }
        last.verdict.text = read_file(lesson_file(*theirs_, *exercise)).value_or("");
        note(*exercise, last.verdict);
    }
    std::vector<std::string> wanted; // those that their build folder knows
    for (const std::string& target : targets_)
        if (find_in(*theirs_, target.substr(target.find('_') + 1)) != nullptr)
            wanted.push_back(target);
    if (wanted.empty())
        return;
    doing_ = member_.name + " programs";
    output_.clear();
    process_.emplace(build_command(*theirs_, wanted), for_the_build(), limits_);
    heard_ms_ = steady_ms();
}

std::vector<std::string> Work::take_news()
{
    std::vector<std::string> news;
    news.swap(news_);
    return news;
}

} // namespace coach
