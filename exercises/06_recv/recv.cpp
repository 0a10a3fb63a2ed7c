#include "06_recv/recv.h"

#include "kata.h"

namespace kata {

std::size_t recv_exactly(int /*fd*/, std::span<std::byte> /*out*/) { not_written(); }

std::vector<std::byte> recv_until_eof(int /*fd*/, std::size_t /*max*/) { not_written(); }

} // namespace kata
