// Mistake: sends the number of the descriptor as data
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: and 0 descriptors
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    const std::byte bytes[] = {tag, static_cast<std::byte>(fd.get())};
    if (::send(wire, bytes, sizeof bytes, MSG_NOSIGNAL) < 0)
        fail(errno, "send");
    fd.reset();
}

} // namespace kata
