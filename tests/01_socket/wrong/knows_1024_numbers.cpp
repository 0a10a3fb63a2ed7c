// Mistake: takes a number beyond those of select() for none
// Caught by: Robust.ZeroIsADescriptorLikeAnyOther
// Says: 1024
#include "01_socket/socket.h"

#include <sys/select.h>

namespace kata {

UniqueFd::operator bool() const noexcept { return fd_ >= 0 && fd_ < FD_SETSIZE; }

} // namespace kata
