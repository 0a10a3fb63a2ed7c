// Mistake: says goodbye with "1" on its own when the input is over
// Caught by: Works.EndsWithItsInput
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
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
    send_line(fd.get(), "1\n", received);
}

} // namespace kata
