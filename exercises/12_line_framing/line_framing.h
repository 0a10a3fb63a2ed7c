#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace kata {

// Cuts the byte stream of one connection into lines. A line ends with "\n" or "\r\n"; the ending is not part of it. Every other
// byte is, zeros and lone "\r" too. Reads ahead: what came behind the line waits in the reader, so a connection has one reader
// for its whole life. Uses `fd`, a blocking stream socket, TCP or Unix, and does not own it. Not for two threads at once.
//
//   LineReader lines{fd, 4096};
//   while (std::optional<std::string> line = lines.next())
//       answer(*line);
class LineReader {
public:
    // `max_line`: the most bytes that a line may have, without its ending: 0, SIZE_MAX, or any number between. It is a limit,
    // and memory follows what came. A "\r" counts unless a "\n" follows it.
    LineReader(int fd, std::size_t max_line);

    // The next line, as soon as it is there, however long the peer takes. std::nullopt at the end of the stream, again and
    // again; a last line without an ending comes before it. Throws std::length_error as soon as a line is longer than max_line,
    // without reading on (what was read ahead is 64 KiB at most), and std::system_error with the errno of a failed recv(2): a
    // reset (ECONNRESET) is no end, and no more is EAGAIN, when the caller has set SO_RCVTIMEO and nothing came in that time.
    // After either, the reader is of no more use.
    std::optional<std::string> next();

private:
    // Yours: change what stands below as you like.
    int fd_;
    std::size_t max_line_;
    std::string buffer_;   // what came and was not returned yet
    std::size_t seen_ = 0; // how much of it holds no "\n" for sure
};

} // namespace kata
