// Mistake: forgives every error of shutdown() but ENOTCONN, and waits
// Caught by: Robust.KeepsItsPromisesWhicheverCallFails
// Says: shutdown(), the 1st, fails with ENOBUFS
#include "08_close/rest.h"

namespace kata {

bool says_it_has_finished(int fd) { return ::shutdown(fd, SHUT_WR) == 0 || errno != ENOTCONN; }

} // namespace kata
