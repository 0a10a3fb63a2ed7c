// Mistake: does not look at what shutdown() returned
// Caught by: Robust.TellsWhicheverCallOfAnExchangeFails
// Says: shutdown(), the 1st, fails with ENOBUFS
#include "11_tcp_client/rest.h"

namespace kata {

void half_close(int fd) { ::shutdown(fd, SHUT_WR); }

} // namespace kata
