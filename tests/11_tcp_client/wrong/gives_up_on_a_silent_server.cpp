// Mistake: waits a minute at most for an answer
// Caught by: Hostile.GivesTheServerAllTheTimeThatItWants
// Says: came      "(and threw)"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    std::size_t newline = 0;
    const auto deadline = deadline_of(60'000);
    while ((newline = received.find('\n')) == std::string::npos) {
        if (wait_for(fd, POLLIN, deadline) == 0)
            throw std::system_error{ETIMEDOUT, std::generic_category(), "poll"};
        if (!receive_more(fd, received))
            throw std::runtime_error{"the server has left"};
    }
    std::string line = received.substr(0, newline);
    received.erase(0, newline + 1);
    return line;
}

} // namespace kata
