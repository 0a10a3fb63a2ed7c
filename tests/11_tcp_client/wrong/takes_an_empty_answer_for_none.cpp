// Mistake: waits for the next line when an answer is empty
// Caught by: Robust.KeepsEveryByteOfALine
// Says: stuck: asleep in recv(3)
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
        std::string answer;
        while (line != "1" && answer.empty())
            answer = read_line(fd.get(), received);
        if (line != "1")
            out << answer << std::endl;
    }
}

} // namespace kata
