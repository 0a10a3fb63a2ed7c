// Mistake: passes a copy, and forgets that it has to be closed
// Caught by: Robust.KeepsNoCopyOfWhatItPassed
// Says: bob receives the end of the stream
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    encloses(letter, ::dup(fd.get()));
    sends(wire, letter);
    fd.reset();
}

} // namespace kata
