// Mistake: leaves server_address empty
// Caught by: Works.SaysItsRealAddress
// Says: server_address is empty
#include "20_serve_forever/rest.h"

namespace kata {

BaseServer::BaseServer(UniqueFd socket, MakeHandler make)
    : server_address{},
      make_{make},
      socket_{std::move(socket)},
      m_{new Machinery}
{
}

} // namespace kata
