// Mistake: reads its input byte by byte into a char, where 0xff is EOF
// Caught by: Robust.KeepsEveryByteOfALine
// Says: ann receives " a\x00b\xff
#include "11_tcp_client/rest.h"

#include <cstdio>

namespace kata {

namespace {

bool next_line(std::istream& in, std::string& line)
{
    line.clear();
    for (char c = 0; (c = static_cast<char>(in.get())) != static_cast<char>(EOF); line += c)
        if (c == '\n')
            return true;
    return !line.empty();
}

} // namespace

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    std::string received;
    for (std::string line; line != "1" && next_line(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
