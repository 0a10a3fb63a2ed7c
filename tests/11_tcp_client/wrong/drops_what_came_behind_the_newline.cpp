// Mistake: throws away what came together with a reply
// Caught by: Robust.TakesRepliesAsTheyCome
// Says: stuck: asleep in recv(3)
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos)
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    const std::string line = received.substr(0, newline);
    received.clear();
    return line;
}

} // namespace kata
