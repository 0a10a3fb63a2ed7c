#pragma once

#include <string>

namespace lab {

// What two numbers that should be the same have to do with each other, read for a person: "36895 is 8080 with its bytes
// swapped", "4294967376 is 2^32 + 80". Looks at the numbers in both texts, in their order; begins with a new line; "" when
// there is nothing to say.
std::string number_remark(const std::string& expected, const std::string& came);

} // namespace lab
