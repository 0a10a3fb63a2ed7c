// Mistake: returns as if all was said when the server is gone
// Caught by: Hostile.NoticesThatTheServerLeft
// Says: expected  "(and threw)"
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    try {
        for (std::string line; line != "1" && std::getline(in, line);) {
            if (line.empty())
                continue;
            send_line(fd.get(), line + '\n', received);
            if (line != "1")
                out << read_line(fd.get(), received) << std::endl;
        }
    } catch (const std::runtime_error&) {
    }
}

} // namespace kata
