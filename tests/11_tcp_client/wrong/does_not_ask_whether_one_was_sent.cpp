// Mistake: nobody answers "1", so it does not look whether it was sent
// Caught by: Robust.TellsWhicheverCallOfAConversationFails
// Says: is sent, or its error is told
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; std::getline(in, line);) {
        if (line == "1") {
            (void)::send(fd.get(), "1\n", 2, MSG_NOSIGNAL);
            return;
        }
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
