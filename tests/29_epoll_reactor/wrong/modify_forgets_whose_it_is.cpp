// Mistake: modify() gives the kernel the number only
// Caught by: Works.ChangesWhatIsWatched
// Says: called are: ann OUT
#include "29_epoll_reactor/rest.h"

namespace kata {

void Reactor::modify(int fd, std::uint32_t events) { m_->control(EPOLL_CTL_MOD, fd, events, 0); }

} // namespace kata
