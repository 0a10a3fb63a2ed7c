// Mistake: prints the line as a C string
// Caught by: Robust.KeepsEveryByteOfALine
// Says: came      " A\n \x09\n\n\r\n"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    while ((newline = received.find('\n')) == std::string::npos)
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    const std::string line = received.substr(0, newline).c_str(); // the mistake
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
