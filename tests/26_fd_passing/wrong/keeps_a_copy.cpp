// Mistake: keeps its copy of what it passed: the connection never ends
// Caught by: Robust.KeepsNoCopyOfWhatItPassed
// Says: owns nothing when it was sent
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    encloses(letter, fd.get());
    sends(wire, letter);
}

} // namespace kata
