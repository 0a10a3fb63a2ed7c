// Mistake: asks for the end of the input before it sends: a last line without a newline is lost
// Caught by: Works.EndsWithItsInput
// Says: came      "HELLO\n"
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && std::getline(in, line) && !in.eof();) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
