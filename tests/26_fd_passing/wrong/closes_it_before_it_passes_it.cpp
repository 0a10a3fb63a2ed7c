// Mistake: closes the descriptor, and passes its number then
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: EBADF
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    encloses(letter, fd.get());
    fd.reset();
    sends(wire, letter);
}

} // namespace kata
