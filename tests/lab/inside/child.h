#pragma once

#include "lab/flight/flight.h"
#include "lab/flight/limits.h"

#include <functional>
#include <gtest/gtest-test-part.h>
#include <vector>

namespace lab {

// The child's life, from fork to _exit: puts `handed` at 3, 4..., catches its output in `output`, runs `body` with the
// recorder on, and leaves in the arena what the parent needs to judge it.
[[noreturn]] void live_as_the_learner(Arena& arena, const Limits& limits, int output, const std::vector<int>& handed,
                                      const std::function<void()>& body);

// In the child: what EXPECT_* and ASSERT_* found goes to the arena at once, so that it survives however the run ends.
void keep_failure(const testing::TestPartResult& result);

} // namespace lab
