#pragma once

#include <cstddef>

// The learner's timerfds, by their numbers.
namespace lab {

bool is_timer(int fd);
// As read(2) of one that does not block: the number of expirations, in eight bytes; EAGAIN when there is none.
long reads_timer(int fd, void* bytes, std::size_t n);

} // namespace lab
