#pragma once

#include "coach/tree/project.h"

#include <string>
#include <vector>

namespace coach {

// Somebody whose answers are checked: in a build folder of their own, inside ours.
struct Member {
    std::string name, answers, build;
};

// Of ann=DIR: a checkout, or a folder of answers. Throws Complaint: what is wrong with it.
std::vector<Member> members_of(const Project& project, const std::vector<std::string>& words);
Member reference_member(const Project& project);
std::string group_folder(const Project& project); // where all that belongs to a group is kept

// The words that make CMake configure that folder, as ours is configured.
std::vector<std::string> configure_command(const Project& project, const Member& member);

} // namespace coach
