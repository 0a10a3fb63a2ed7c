// Mistake: sends all lines before it reads the first reply
// Caught by: Works.TalksLineByLine
// Says: ann receives nothing yet
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    int due = 0;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        due += line != "1" ? 1 : 0;
    }
    for (; due > 0; --due)
        out << read_line(fd.get(), received) << std::endl;
}

} // namespace kata
