#include "coach/group/port.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace coach {

namespace {

constexpr const char* announcement = "listening on ";

// How many sockets of this port are in this state and have an inode: a connection that was not accepted has none. A line is
// "1: 0100007F:1F90 0100007F:D3A2 01 ...": a number, the local address, the remote one, the state; the tenth word is the inode.
std::size_t sockets_of(int port, unsigned state)
{
    const std::vector<std::string> lines = lines_of(read_file("/proc/net/tcp").value_or(""));
    return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
        unsigned its_port = 0, its_state = 0;
        unsigned long inode = 0;
        return std::sscanf(line.c_str(), "%*d: %*x:%x %*x:%*x %x %*s %*s %*s %*s %*s %lu", &its_port, &its_state, &inode) == 3 &&
               its_port == static_cast<unsigned>(port) && its_state == state && inode != 0;
    }));
}

} // namespace

int announced_port(const std::string& said)
{
    const std::size_t at = said.find(announcement), end = said.find('\n', at);
    if (at == std::string::npos || end == std::string::npos)
        return 0;
    const std::string line = trimmed(said.substr(at, end - at));
    const int port = std::atoi(line.c_str() + line.rfind(':') + 1);
    return port > 0 && port < 65536 ? port : 0;
}

bool somebody_listens(int port) { return sockets_of(port, 0x0A) > 0; } // TCP_LISTEN
std::size_t accepted_by(int port) { return sockets_of(port, 0x01); }   // TCP_ESTABLISHED

} // namespace coach
