// Mistake: stops at every line that begins with "1"
// Caught by: Works.TalksLineByLine
// Says: expected  "HELLO
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; !line.starts_with('1') && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (!line.starts_with('1'))
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
