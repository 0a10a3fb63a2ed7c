// Mistake: ends a reply when its buffer is full
// Caught by: Robust.TakesRepliesAsTheyCome
// Says: expected  "one\n<150000 bytes>\nthree\n"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos && received.size() < 8192)
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    const std::string line = received.substr(0, newline);
    received.erase(0, newline == std::string::npos ? newline : newline + 1);
    return line;
}

} // namespace kata
