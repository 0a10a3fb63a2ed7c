// Mistake: closes its socket before it asks errno what went wrong
// Caught by: Robust.TellsWhicheverCallOfAConversationFails
// Says: the errno of the call that failed
#include "11_tcp_client/rest.h"

#include <unistd.h>

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    UniqueFd fd = connect_any({&server, 1});
    std::string received;
    try {
        for (std::string line; line != "1" && std::getline(in, line);) {
            if (line.empty())
                continue;
            send_line(fd.get(), line + '\n', received);
            if (line != "1")
                out << read_line(fd.get(), received) << std::endl;
        }
    } catch (const std::system_error& e) {
        ::close(fd.release());
        fail(e.what());
    }
}

} // namespace kata
