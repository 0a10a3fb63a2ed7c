// Mistake: sets TCP_QUICKACK before it reads, and takes its failure for one of the connection: a Unix socket has no such option
// Caught by: Robust.ReadsAnyStreamSocket
// Says: threw EOPNOTSUPP
#include "12_line_framing/rest.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kata {

bool receive_more(int fd, std::string& buffer)
{
    const int on = 1;
    if (::setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on) < 0)
        fail("setsockopt");
    char chunk[4096];
    ssize_t n = 0;
    do
        n = ::recv(fd, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail("recv");
    buffer.append(chunk, static_cast<std::size_t>(n));
    return n > 0;
}

} // namespace kata
