// Mistake: what comes goes into a place that all threads share, in either function
// Caught by: Robust.ExchangesInTwoThreadsAtOnce
// Says: this is I a
#include "11_tcp_client/rest.h"

namespace kata {

bool receive_some(Exchange& x)
{
    static std::byte piece[65536]; // too large for the stack
    const ssize_t n = ::recv(x.fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno == ECONNRESET)) {
        x.answer.end = n < 0 || x.reset ? End::reset : End::finished;
        return false;
    }
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        fail("recv");
    if (n > 0)
        x.answer.bytes.insert(x.answer.bytes.end(), piece, piece + n);
    return true;
}

void run_client(const Endpoint& server, std::istream& in, std::ostream& out)
{
    const UniqueFd fd = connect_any({&server, 1});
    static std::string received; // keeps its memory for the next one
    received.clear();
    for (std::string line; line != "1" && std::getline(in, line);) {
        if (line.empty())
            continue;
        send_line(fd.get(), line + '\n', received);
        if (line != "1")
            out << read_line(fd.get(), received) << std::endl;
    }
}

} // namespace kata
