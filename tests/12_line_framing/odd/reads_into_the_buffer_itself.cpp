// Odd: makes room at the end of its buffer and lets recvmsg() write there; one function for both kinds of line, by recursion
#include "12_line_framing/line_framing.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

ssize_t fill(int fd, std::string& buffer)
{
    constexpr std::size_t room = 300;
    const std::size_t old = buffer.size();
    buffer.resize(old + room);
    iovec place{buffer.data() + old, room};
    msghdr message{};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    ssize_t n = -1;
    do
        n = ::recvmsg(fd, &message, 0);
    while (n < 0 && errno == EINTR);
    const int error = errno;
    buffer.resize(old + static_cast<std::size_t>(n > 0 ? n : 0));
    if (n < 0)
        throw std::system_error{error, std::generic_category(), "recvmsg"};
    return n;
}

// The first `size` bytes, a line, leave the buffer, and `behind` bytes of its ending with them.
std::string take(std::string& buffer, std::size_t size, std::size_t behind, std::size_t max_line)
{
    if (size > max_line)
        throw std::length_error{"line too long"};
    std::string rest{buffer, size + behind};
    buffer.resize(size);
    buffer.swap(rest);
    return rest;
}

} // namespace

LineReader::LineReader(int fd, std::size_t max_line) : fd_{fd}, max_line_{max_line} {}

std::optional<std::string> LineReader::next()
{
    for (; seen_ < buffer_.size(); ++seen_) {
        if (buffer_[seen_] != '\n')
            continue;
        const std::size_t behind = seen_ > 0 && buffer_[seen_ - 1] == '\r' ? 2 : 1;
        const std::size_t size = seen_ + 1 - behind;
        seen_ = 0;
        return take(buffer_, size, behind, max_line_);
    }
    const bool may_end = !buffer_.empty() && buffer_.back() == '\r';
    if (buffer_.size() - (may_end ? 1 : 0) > max_line_)
        throw std::length_error{"line too long"};
    if (fill(fd_, buffer_) != 0)
        return next();
    seen_ = 0;
    return buffer_.empty() ? std::nullopt : std::optional{take(buffer_, buffer_.size(), 0, max_line_)};
}

} // namespace kata
