#include "coach/group/port.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <set>
#include <tuple>

namespace coach {

namespace {

constexpr const char* announcement = "listening on ";

struct SocketRow { // of /proc/net/tcp
    unsigned address, remote_port, state;
    bool operator<(const SocketRow& other) const
    {
        return std::tie(address, remote_port, state) < std::tie(other.address, other.remote_port, other.state);
    }
};

// The sockets of this port that have an inode: a connection that was not accepted has none. Each once: the kernel may tell of one
// twice where the table changes while it is read. A line is "1: 0100007F:1F90 0100007F:D3A2 01 ...": a number, the local address,
// the remote one, the state; the tenth word is the inode.
std::set<SocketRow> sockets_of(int port)
{
    std::set<SocketRow> found;
    for (const std::string& line : lines_of(read_file("/proc/net/tcp").value_or(""))) {
        SocketRow row{};
        unsigned its_port = 0;
        unsigned long inode = 0;
        if (std::sscanf(line.c_str(), "%*d: %x:%x %*x:%x %x %*s %*s %*s %*s %*s %lu", &row.address, &its_port, &row.remote_port,
                        &row.state, &inode) == 5 &&
            its_port == static_cast<unsigned>(port) && inode != 0)
            found.insert(row);
    }
    return found;
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

bool somebody_listens(int port)
{
    const std::set<SocketRow> sockets = sockets_of(port);
    return std::any_of(sockets.begin(), sockets.end(), [](const SocketRow& row) { return row.state == 0x0A; }); // TCP_LISTEN
}

// At 127.0.0.1, where the clients come to: another process may have this port at another address of the machine.
std::size_t accepted_by(int port)
{
    const std::set<SocketRow> sockets = sockets_of(port);
    return static_cast<std::size_t>(std::count_if(sockets.begin(), sockets.end(), [](const SocketRow& row) {
        return row.state == 0x01 && row.address == htonl(INADDR_LOOPBACK); // TCP_ESTABLISHED
    }));
}

} // namespace coach
