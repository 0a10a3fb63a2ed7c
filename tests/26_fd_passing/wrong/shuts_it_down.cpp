// Mistake: shuts the connection down before it closes its copy: that is the end for all copies
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: the end
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    encloses(letter, fd.get());
    sends(wire, letter);
    ::shutdown(fd.get(), SHUT_RDWR);
    fd.reset();
}

} // namespace kata
