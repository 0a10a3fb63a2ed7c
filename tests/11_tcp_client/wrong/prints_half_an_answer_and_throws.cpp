// Mistake: prints as it reads: what came of an answer is out before it is known that the rest never comes
// Caught by: Hostile.PrintsNoHalfAnswer
// Says: half an ans(and threw)
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        for (std::size_t newline = std::string::npos; line != "1" && newline == std::string::npos;) {
            if (received.empty() && !receive_more(fd.get(), received))
                throw std::runtime_error{"the server has left"};
            newline = received.find('\n');
            out << received.substr(0, newline + (newline == std::string::npos ? 0 : 1)) << std::flush;
            received.erase(0, newline == std::string::npos ? newline : newline + 1);
        }
    }
}

} // namespace kata
