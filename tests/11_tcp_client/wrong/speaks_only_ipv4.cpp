// Mistake: makes an IPv4 address of every address that it is given
// Caught by: Robust.TellsWhicheverCallOfAConversationFails
// Says: the address is ::1
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    Endpoint where = parse_endpoint("127.0.0.1:" + std::to_string(server.port()));
    const UniqueFd fd = connect_any({&where, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
