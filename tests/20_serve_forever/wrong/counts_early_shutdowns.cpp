// Mistake: two early shutdown()s end two loops
// Caught by: Robust.TakesTwoEarlyShutdownsForOne
// Says: bob receives "are you there?\n"
#include "20_serve_forever/rest.h"

namespace kata {

BaseServer::BaseServer(UniqueFd socket, MakeHandler make)
    : server_address{local_endpoint(socket.get())},
      make_{make},
      socket_{std::move(socket)},
      m_{new Machinery}
{
    m_->stop = UniqueFd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)}; // a read takes one of them
}

} // namespace kata
