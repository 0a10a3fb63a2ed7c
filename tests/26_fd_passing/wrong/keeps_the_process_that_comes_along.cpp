// Mistake: looks at SCM_RIGHTS only: what SO_PASSPIDFD brings has no owner
// Caught by: Robust.ClosesTheProcessThatComesAlong
// Says: nor the pidfd is open
#include "26_fd_passing/rest.h"

namespace kata {

bool brings_descriptors(const cmsghdr& part) { return part.cmsg_level == SOL_SOCKET && part.cmsg_type == SCM_RIGHTS; }

} // namespace kata
