// Mistake: writes CMSG_SPACE into cmsg_len, where CMSG_LEN belongs: the padding is descriptor 0
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: descriptors 4, 0
#include "26_fd_passing/rest.h"

namespace kata {

void encloses(Letter& letter, int number)
{
    letter.head.msg_controllen = CMSG_SPACE(sizeof number);
    *CMSG_FIRSTHDR(&letter.head) = {.cmsg_len = CMSG_SPACE(sizeof number), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(CMSG_FIRSTHDR(&letter.head)), &number, sizeof number);
}

} // namespace kata
