#include "07_send/send.h"

#include "kata.h"

namespace kata {

void send_all(int /*fd*/, std::span<const std::byte> /*bytes*/) { not_written(); }

} // namespace kata
