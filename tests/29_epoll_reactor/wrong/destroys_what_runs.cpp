// Mistake: destroys a callback at once, also while it runs
// Caught by: Robust.LetsACallbackRemoveItself
// Says: the callback lives while it runs
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::Machinery::forget(int fd) { watched.erase(fd); }

} // namespace kata
