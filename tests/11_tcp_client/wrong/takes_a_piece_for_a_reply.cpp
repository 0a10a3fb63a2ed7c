// Mistake: prints what one recv() gives as the reply
// Caught by: Robust.TakesRepliesAsTheyCome
// Says: came      "o\n\nn\n"
#include "11_tcp_client/rest.h"

namespace kata {

std::string read_line(int fd, std::string& received)
{
    if (!receive_more(fd, received))
        throw std::runtime_error{"the server has left"};
    const std::string line = received.substr(0, received.find('\n'));
    received.clear();
    return line;
}

} // namespace kata
