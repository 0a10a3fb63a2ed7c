// Odd: looks up once a second, and takes a poll() that fails for an error of its client
#include "14_code_review/rest.h"

#include <poll.h>

namespace kata {

ssize_t receive_more(int client, std::string& kept)
{
    pollfd wanted{client, POLLIN, 0};
    int ready = 0;
    while (ready == 0 || (ready < 0 && errno == EINTR))
        ready = ::poll(&wanted, 1, 1'000);
    if (ready < 0)
        return -1;
    char chunk[16];
    ssize_t n = -1;
    do
        n = ::recv(client, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    kept.append(chunk, n > 0 ? static_cast<std::size_t>(n) : 0);
    return n;
}

} // namespace kata
