#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

// How many columns a lesson may have; never less than 80. COLUMNS says it, else the terminal that the lesson goes to; and where
// it goes to a pipe, as under ctest, the terminal that this process belongs to: there somebody will read it. `no_limit` where
// there is none of them (CI, an editor): what cuts nothing can be searched and folded by others.
constexpr std::size_t no_limit = 0;
std::size_t screen_width();

std::size_t columns(std::string_view text); // of UTF-8, where each character takes one
// Lines of at most `width` columns, broken at spaces where there are some; from the second one on, `indent` spaces in front.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t indent);
// The same in one text; `width` may be no_limit.
std::string fitted(const std::string& line, std::size_t width, std::size_t indent);

} // namespace lab
