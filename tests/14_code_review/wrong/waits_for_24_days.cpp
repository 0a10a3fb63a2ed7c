// Mistake: waits for INT_MAX milliseconds, "for ever", and takes the end of that for an error of the connection
// Caught by: Hostile.GivesAClientAllTheTimeThatItWants
// Says: the messages that your server passed on
#include "14_code_review/rest.h"

#include <climits>
#include <poll.h>

namespace kata {

ssize_t receive_more(int client, std::string& kept)
{
    pollfd wanted{client, POLLIN, 0};
    int ready = -1;
    do
        ready = ::poll(&wanted, 1, INT_MAX);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        return -1;
    char chunk[2048];
    const ssize_t n = ::recv(client, chunk, sizeof chunk, 0);
    kept.append(chunk, n > 0 ? static_cast<std::size_t>(n) : 0);
    return n;
}

} // namespace kata
