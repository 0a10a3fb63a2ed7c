#include "coach/group/kept_outcomes.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <sys/stat.h>

namespace coach {

namespace {

std::string stamp_of_files(const std::vector<std::string>& files)
{
    std::string stamp;
    for (const std::string& file : files) {
        struct stat now {};
        if (::stat(file.c_str(), &now) == 0)
            stamp += std::to_string(now.st_size) + "." + std::to_string(now.st_mtim.tv_sec) + "." +
                     std::to_string(now.st_mtim.tv_nsec) + "." + std::to_string(now.st_ino);
        stamp += " ";
    }
    return stamp;
}

} // namespace

// A line for each: meeting, stamp, kind, why, divided by tabs.
KeptOutcomes::KeptOutcomes(std::string file) : file_{std::move(file)}
{
    for (const std::string& line : lines_of(read_file(file_).value_or(""))) {
        const std::size_t a = line.find('\t'), b = line.find('\t', a + 1), c = line.find('\t', b + 1);
        if (a == std::string::npos || b == std::string::npos || c == std::string::npos || c != b + 2)
            continue;
        const int kind = line[b + 1] - '0';
        if (kind >= 0 && kind <= 2)
            kept_[line.substr(0, a)] = {line.substr(a + 1, b - a - 1), {static_cast<Outcome::Kind>(kind), line.substr(c + 1)}};
    }
}

const Outcome* KeptOutcomes::find(const std::string& meeting, const std::vector<std::string>& programs) const
{
    const auto found = kept_.find(meeting);
    return found == kept_.end() || found->second.stamp != stamp_of_files(programs) ? nullptr : &found->second.outcome;
}

void KeptOutcomes::keep(const std::string& meeting, const std::vector<std::string>& programs, const Outcome& outcome)
{
    Kept kept{stamp_of_files(programs), outcome};
    std::replace_if(
        kept.outcome.why.begin(), kept.outcome.why.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    kept_[meeting] = kept;
}

void KeptOutcomes::save() const
{
    std::string text;
    for (const auto& [meeting, kept] : kept_)
        text += meeting + "\t" + kept.stamp + "\t" + std::to_string(static_cast<int>(kept.outcome.kind)) + "\t" +
                kept.outcome.why + "\n";
    write_file(file_, text);
}

} // namespace coach
