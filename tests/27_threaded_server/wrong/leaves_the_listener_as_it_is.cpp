// Mistake: accepts from a listener that does not block, without a wait
// Caught by: Works.BeginsWithStart
// Says: busy loop
#include "27_threaded_server/rest.h"

namespace kata {

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{{std::move(listener), std::move(handler), max_connections}}}
{
}

} // namespace kata
