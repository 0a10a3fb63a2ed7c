// The bytes of a recorded call: how many go through, and the first of them, which the diagram shows.
#include "lab/inside/recorder.h"

#include <algorithm>
#include <cstring>
#include <sys/uio.h>

namespace lab {

std::size_t size_of(const iovec* vector, int count)
{
    std::size_t size = 0;
    for (int i = 0; i < count; ++i)
        size += vector[i].iov_len;
    return size;
}

int Recording::limit(const iovec* from, int count, iovec* to, int room) const
{
    std::size_t left = limit_ >= 0 ? static_cast<std::size_t>(limit_) : SIZE_MAX;
    int used = 0;
    for (; used < std::min(count, room) && left > 0; ++used) {
        to[used] = from[used];
        to[used].iov_len = std::min(to[used].iov_len, left);
        left -= to[used].iov_len;
    }
    return used;
}

void Recording::keeps_head(const void* bytes, long size)
{
    if (bytes == nullptr || size <= 0)
        return;
    event_.head_size = static_cast<std::uint8_t>(std::min<long>(size, sizeof event_.head));
    std::memcpy(event_.head, bytes, event_.head_size);
}

void Recording::keeps_head(const iovec* vector, int count, long size)
{
    event_.head_size = 0;
    for (int i = 0; i < count && size > 0 && event_.head_size < sizeof event_.head; ++i) {
        const long from_this = std::min(size, static_cast<long>(vector[i].iov_len));
        const long take = std::min(from_this, static_cast<long>(sizeof event_.head) - event_.head_size);
        std::memcpy(event_.head + event_.head_size, vector[i].iov_base, static_cast<std::size_t>(take));
        event_.head_size = static_cast<std::uint8_t>(event_.head_size + take);
        size -= from_this;
    }
}

} // namespace lab
