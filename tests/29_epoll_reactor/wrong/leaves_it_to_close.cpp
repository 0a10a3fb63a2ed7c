// Mistake: forgets the callback, and leaves the rest to close()
// Caught by: Robust.LeavesNoGhost
// Says: it returns after 100 ms
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::remove(int fd) noexcept { m_->forget(fd); }

} // namespace kata
