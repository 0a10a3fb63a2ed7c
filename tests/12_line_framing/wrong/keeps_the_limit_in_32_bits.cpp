// Mistake: keeps the limit in 32 bits: 4 GiB are 0
// Caught by: Hostile.TakesEveryLimit
// Says: threw length_error
#include "12_line_framing/rest.h"

#include <cstdint>

namespace kata {

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{static_cast<std::uint32_t>(max_line)} {}

} // namespace kata
