#include "13_length_prefix/length_prefix.h"

#include "kata.h"

namespace kata {

void write_frame(int /*fd*/, std::span<const std::byte> /*payload*/) { not_written(); }

std::optional<std::vector<std::byte>> read_frame(int /*fd*/, std::uint32_t /*max*/) { not_written(); }

} // namespace kata
