// Mistake: takes the descriptor over first, and gives it back for one errno
// Caught by: Robust.KeepsWhatItCouldNotPass
// Says: it is still the caller's, whatever the error
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    UniqueFd mine = std::move(fd);
    Letter letter{tag};
    encloses(letter, mine.get());
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0) {
        const int error = errno;
        if (error == EPIPE)
            fd = std::move(mine);
        if (error != EINTR)
            fail(error, "sendmsg");
    }
}

} // namespace kata
