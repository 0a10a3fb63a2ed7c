// Mistake: takes the descriptor over first, and so closes it when sendmsg() fails
// Caught by: Robust.KeepsWhatItCouldNotPass
// Says: still owns descriptor 4
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    const UniqueFd mine = std::move(fd);
    Letter letter{tag};
    encloses(letter, mine.get());
    sends(wire, letter);
}

} // namespace kata
