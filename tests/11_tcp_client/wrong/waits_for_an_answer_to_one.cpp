// Mistake: waits for a reply to the last line
// Caught by: Works.TalksLineByLine
// Says: the end of the stream (FIN)
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
        out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
