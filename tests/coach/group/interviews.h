#pragma once

#include "coach/group/table.h"

#include <string>
#include <vector>

namespace coach {

// The pages that `kata mock` wrote for several people, as one table: what was asked down, who was asked across. Each word is
// NAME=PATH: a page, or a folder with pages, of which the newest counts (with `seed`, not "": the newest of that seed). Throws
// Complaint where there is no page, or where it is of another interview than the others.
Table interviews(const std::vector<std::string>& words, const std::string& seed);

} // namespace coach
