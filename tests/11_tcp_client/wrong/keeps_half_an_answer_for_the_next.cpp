// Mistake: what came is static: the next conversation begins with what the last one left
// Caught by: Hostile.PrintsNoHalfAnswer
// Says: half an ansTHREE
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    static thread_local std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (!line.empty())
            send_line(fd.get(), line + '\n', received);
        if (!line.empty() && line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
