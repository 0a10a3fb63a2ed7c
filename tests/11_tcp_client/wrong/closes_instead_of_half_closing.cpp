// Mistake: closes the socket to say that the request is complete
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: Bad file descriptor
#include "11_tcp_client/rest.h"

#include <unistd.h>

namespace kata {

void half_close(int fd) { ::close(fd); }

} // namespace kata
