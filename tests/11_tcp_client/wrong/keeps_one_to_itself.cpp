// Mistake: stops at "1" without sending it
// Caught by: Works.TalksLineByLine
// Says: ann receives "1\n"
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; std::getline(in, line) && line != "1";) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
