// Mistake: takes the end of the stream for the end of the line
// Caught by: Hostile.PrintsNoHalfAnswer
// Says: half an ans
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos)
        if (!receive_more(fd, received)) {
            if (received.empty())
                throw std::runtime_error{"the server has left"};
            received += '\n';
        }
    const std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
