// Mistake: takes a line that is only "\r" for an empty one
// Caught by: Robust.KeepsEveryByteOfALine
// Says: ann receives "\r\n"
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty() || line == "\r")
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
