// Mistake: takes a line of spaces for an empty one
// Caught by: Robust.KeepsEveryByteOfALine
// Says: expected  ann receives " \x09\n"
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.find_first_not_of(" \t") == std::string::npos)
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
