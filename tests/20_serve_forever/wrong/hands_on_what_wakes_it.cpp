// Mistake: makes its eventfd without EFD_CLOEXEC
// Caught by: Robust.KeepsItsDescriptorsToItself
// Says: a program that is started by exec does not inherit
#include "20_serve_forever/rest.h"

namespace kata {

BaseServer::BaseServer(UniqueFd socket, MakeHandler make)
    : server_address{local_endpoint(socket.get())},
      make_{make},
      socket_{std::move(socket)},
      m_{new Machinery}
{
    m_->stop = UniqueFd{::eventfd(0, EFD_NONBLOCK)};
}

} // namespace kata
