// Mistake: asks SO_ERROR before it reads: what a client said before it reset is lost
// Caught by: Hostile.HearsWhatWasSaidBeforeAReset
// Says: { "I am bob" }
#include "14_code_review/rest.h"

namespace kata {

ssize_t receive_more(int client, std::string& kept)
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return -1;
    char chunk[2048];
    ssize_t n = -1;
    do
        n = ::recv(client, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    kept.append(chunk, n > 0 ? static_cast<std::size_t>(n) : 0);
    return n;
}

} // namespace kata
