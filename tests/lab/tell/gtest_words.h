#pragma once

#include <string>

namespace lab {

inline constexpr const char* expected_mark = "expected  ";
inline constexpr const char* came_mark = "came      ";

// What GoogleTest says of a failure, in the lab's two lines: what was expected, and what came. The source text of the test's
// own expressions stays behind: it is the test's affair. Words that the test adds to an EXPECT_* stand below; those of a bare
// condition, EXPECT_TRUE(condition) << words, stand alone. Any other message comes back as it is. Text is shown as everywhere
// in the lab, and long text from where it differs. For GoogleTest 1.12 to 1.18.
std::string in_our_words(const std::string& message);

} // namespace lab
