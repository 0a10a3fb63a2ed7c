// Mistake: tries again by calling itself: each signal on an idle listener takes a piece of the stack
// Caught by: Robust.TriesAgainAsOftenAsItTakes
// Says: stack-overflow
#include "05_accept/rest.h"

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    std::optional<Accepted> client = take(listen_fd);
    if (!client && errno != EAGAIN) {
        if (!is_passing(errno))
            fail(errno, "accept");
        client = accept_one(listen_fd);
    }
    return client;
}

} // namespace kata
