// Mistake: shuts down reading, too
// Caught by: Works.SendsARequestAndReadsTheAnswer
// Says: SHUT_RDWR
#include "11_tcp_client/rest.h"

namespace kata {

void half_close(int fd) { ::shutdown(fd, SHUT_RDWR); }

} // namespace kata
