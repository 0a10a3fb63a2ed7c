// Mistake: takes a "\r" before the newline for a part of the end of the line
// Caught by: Robust.KeepsEveryByteOfALine
// Says: came      " A\x00B\xff \n \x09\n\n\n"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos)
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    std::string line = received.substr(0, newline);
    if (line.ends_with('\r'))
        line.pop_back();
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
