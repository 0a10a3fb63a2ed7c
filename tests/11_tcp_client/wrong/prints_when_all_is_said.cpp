// Mistake: keeps the answers, and prints them at the end
// Caught by: Robust.TalksWithSomebodyWhoWaitsForTheAnswer
// Says: expected  person receives "HELLO
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received, answers;
    try {
        for (std::string line; line != "1" && std::getline(in, line);) {
            if (line.empty())
                continue;
            send_line(fd.get(), line + '\n', received);
            if (line != "1")
                answers += read_line(fd.get(), received) + '\n';
        }
    } catch (...) {
        out << answers << std::flush;
        throw;
    }
    out << answers << std::flush;
}

} // namespace kata
