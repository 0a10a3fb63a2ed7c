// Odd: passes a copy over a copy of the wire, and closes all three in its own order
#include "26_fd_passing/rest.h"

#include <fcntl.h>

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    const UniqueFd copy{::fcntl(fd.get(), F_DUPFD_CLOEXEC, 40)}, way{::fcntl(wire, F_DUPFD_CLOEXEC, 50)};
    if (copy.get() < 0 || way.get() < 0)
        fail(errno, "fcntl");
    Letter letter{tag};
    encloses(letter, copy.get());
    letter.head.msg_controllen = CMSG_LEN(sizeof(int)); // the padding behind the last message may be missing
    sends(way.get(), letter);
    fd = UniqueFd{};
}

} // namespace kata
