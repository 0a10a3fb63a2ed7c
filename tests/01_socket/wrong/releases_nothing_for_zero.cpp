// Mistake: takes descriptor 0 for nothing in release(), and keeps it
// Caught by: Robust.ZeroIsADescriptorLikeAnyOther
// Says: after it was moved
#include "01_socket/socket.h"

#include <utility>

namespace kata {

int UniqueFd::release() noexcept { return fd_ > 0 ? std::exchange(fd_, -1) : -1; }

} // namespace kata
