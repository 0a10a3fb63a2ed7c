#pragma once

#include "coach/group/member.h"
#include "coach/judge/check.h"

#include <optional>
#include <string>
#include <vector>

namespace coach {

// What was found out about one member's answers.
struct Findings {
    std::string trouble;           // why there is nothing at all: their build folder could not be made
    std::vector<Verdict> verdicts; // in the order of our exercises; of an answer that is not there: unwritten
};

// One member's answers: configured, checked one by one, and the programs of `targets` built. It goes on by itself, whenever
// advance() is called, as a Check does. What has not changed since the last time is not checked again.
class Work {
public:
    Work(const Project& ours, const Member& member, bool with_checks, const std::vector<std::string>& targets);

    int fd() const { return check_ ? check_->fd() : process_ ? process_->fd() : -1; }
    bool advance(); // false: it is over
    const Findings& findings() const { return findings_; }
    const std::string& doing() const { return doing_; } // "ann 03_bind"
    const std::string& member() const { return member_.name; }
    std::vector<std::string> take_news(); // what has ended since the last call: "ann 03_bind: green"

private:
    bool read(); // false: the process has ended
    void configured();
    void go_on(); // to the next exercise that must be checked, or to the programs
    void note(const Exercise& exercise, Verdict verdict);

    const Project& ours_;
    Member member_;
    bool with_checks_;
    std::vector<std::string> targets_, news_;
    Limits limits_ = limits_of_this_machine();
    std::optional<Project> theirs_;
    std::optional<Process> process_; // first cmake, at last the build of the programs
    std::optional<Check> check_;
    std::size_t next_ = 0;
    long heard_ms_ = 0;
    std::string output_, doing_;
    Findings findings_;
};

} // namespace coach
