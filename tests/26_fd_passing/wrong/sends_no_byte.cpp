// Mistake: sends the control message alone: nothing arrives
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: came      the end of the stream
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    letter.piece.iov_len = 0;
    encloses(letter, fd.get());
    sends(wire, letter);
    fd.reset();
}

} // namespace kata
