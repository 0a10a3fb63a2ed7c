#pragma once

#include "acts.h"

#include <algorithm>
#include <linux/sockios.h>
#include <sys/ioctl.h>

// Many bytes on one connection, and where they are now.
namespace questions {

inline int asks(const Fd& fd, unsigned long what) // FIONREAD, SIOCOUTQNSD
{
    int bytes = -1;
    return ::ioctl(fd.get(), what, &bytes) == 0 ? bytes : -1;
}

inline std::size_t bytes_in(const Fd& fd, unsigned long what) // SIOCINQ, SIOCOUTQ, SIOCOUTQNSD
{
    const int bytes = asks(fd, what);
    EXPECT_GE(bytes, 0);
    return static_cast<std::size_t>(bytes);
}

// All that the kernel takes now, and at most `most`.
inline std::size_t fills(const Fd& fd, std::size_t most)
{
    const std::string block(1 << 16, 'f');
    std::size_t sum = 0;
    while (sum < most) {
        const ssize_t n = ::send(fd.get(), block.data(), std::min(block.size(), most - sum), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0)
            break;
        sum += static_cast<std::size_t>(n);
    }
    return sum;
}

// Reads `most` bytes, or until the stream ends; returns how many, and how it ended.
inline std::size_t reads(const Fd& fd, std::size_t most, std::string& end)
{
    std::size_t sum = 0;
    char block[1 << 14];
    for (ssize_t n = 1; n > 0 && sum < most; sum += static_cast<std::size_t>(std::max<ssize_t>(n, 0))) {
        comes(fd, POLLIN);
        n = ::recv(fd.get(), block, sizeof block, MSG_DONTWAIT);
        end = n < 0 ? lab::errno_name(errno) : n == 0 ? "the end" : "";
    }
    return sum;
}

} // namespace questions
