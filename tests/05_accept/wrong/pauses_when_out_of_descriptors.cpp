// Mistake: waits until a descriptor is free: nobody else in this thread will free one
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: still running after 2000 ms
#include "05_accept/rest.h"

#include <chrono>
#include <thread>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || errno == EAGAIN)
            return client;
        if (errno == EMFILE)
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        else if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
