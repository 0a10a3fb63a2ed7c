// Mistake: room for the number alone: the header of the control message does not fit
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: EINVAL
#include "26_fd_passing/rest.h"

namespace kata {

void encloses(Letter& letter, int number)
{
    *CMSG_FIRSTHDR(&letter.head) = {.cmsg_len = CMSG_LEN(sizeof number), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(CMSG_FIRSTHDR(&letter.head)), &number, sizeof number);
    letter.head.msg_controllen = CMSG_LEN(0);
}

} // namespace kata
