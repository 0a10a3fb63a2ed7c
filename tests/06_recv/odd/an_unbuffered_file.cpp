// Odd: stdio, without a buffer, on a copy of the descriptor
#include "06_recv/recv.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File file_on(int fd)
{
    const int copy = ::dup(fd);
    if (copy < 0)
        fail(errno, "dup");
    File file{::fdopen(copy, "rb"), std::fclose};
    if (!file) {
        const int error = errno;
        ::close(copy);
        fail(error, "fdopen");
    }
    std::setvbuf(file.get(), nullptr, _IONBF, 0);
    return file;
}

std::size_t fill(std::FILE* file, std::span<std::byte> room)
{
    std::size_t got = 0;
    while (got < room.size()) {
        got += std::fread(room.data() + got, 1, room.size() - got, file);
        if (std::feof(file) != 0)
            break;
        if (std::ferror(file) != 0 && errno != EINTR)
            fail(errno, "fread");
        std::clearerr(file);
    }
    return got;
}

} // namespace

std::size_t recv_exactly(int fd, std::span<std::byte> out) { return out.empty() ? 0 : fill(file_on(fd).get(), out); }

std::vector<std::byte> recv_until_eof(int fd, std::size_t max)
{
    const File file = file_on(fd);
    std::vector<std::byte> all;
    for (std::byte block[4096];;) {
        const std::size_t room = std::min(max - all.size(), sizeof block), asked = std::max<std::size_t>(room, 1);
        const std::size_t n = fill(file.get(), std::span{block}.first(asked));
        if (n > room)
            throw std::length_error{"too long"};
        all.insert(all.end(), block, block + n);
        if (n < asked)
            return all;
    }
}

} // namespace kata
