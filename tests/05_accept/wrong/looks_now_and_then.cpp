// Mistake: makes the listener non-blocking, and looks every 100 ms whether somebody has come
// Caught by: Works.SleepsUntilSomebodyComes
// Says: in a minute in which nobody came you looked
#include "05_accept/rest.h"

#include <chrono>
#include <fcntl.h>
#include <thread>

namespace kata {

std::optional<Accepted> accept_one(int listen_fd)
{
    const int flags = ::fcntl(listen_fd, F_GETFL);
    ::fcntl(listen_fd, F_SETFL, flags | O_NONBLOCK);
    for (;;) {
        std::optional<Accepted> client = take(listen_fd);
        if (client || (errno == EAGAIN && (flags & O_NONBLOCK) != 0))
            return client;
        if (errno == EAGAIN)
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        else if (!is_passing(errno))
            fail(errno, "accept");
    }
}

} // namespace kata
