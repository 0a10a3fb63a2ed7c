// Mistake: skips the empty lines behind a line before it sends that line: peek() waits for what is typed next
// Caught by: Robust.TalksWithSomebodyWhoWaitsForTheAnswer
// Says: asleep in recv(3
#include "11_tcp_client/rest.h"

namespace kata {

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    const auto skip_empty_lines = [&in] {
        while (in.good() && in.peek() == '\n')
            in.get();
    };
    skip_empty_lines();
    for (std::string line; line != "1" && std::getline(in, line);) {
        skip_empty_lines();
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
