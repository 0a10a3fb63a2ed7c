#include "coach/group/port.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace coach {

namespace {

constexpr const char* announcement = "listening on ";

// How many sockets of this port are in one of these states. A line is "1: 0100007F:1F90 0100007F:D3A2 01 ...": a number, the
// local address, the remote one, the state.
std::size_t sockets_of(int port, const std::string& states)
{
    constexpr std::size_t to_port = 10, to_state = 30; // from the colon behind the number
    char own[8];
    std::snprintf(own, sizeof own, ":%04X ", static_cast<unsigned>(port));
    const std::vector<std::string> lines = lines_of(read_file("/proc/net/tcp").value_or(""));
    return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
        const std::size_t at = line.find(": ");
        return at != std::string::npos && line.size() > at + to_state + 1 &&
               line.compare(at + to_port, std::strlen(own), own) == 0 &&
               states.find(line.substr(at + to_state, 2)) != std::string::npos;
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

bool somebody_listens(int port) { return sockets_of(port, "0A") > 0; }      // LISTEN
std::size_t connected_to(int port) { return sockets_of(port, "01 04 05"); } // ESTABLISHED, FIN_WAIT1, FIN_WAIT2

} // namespace coach
