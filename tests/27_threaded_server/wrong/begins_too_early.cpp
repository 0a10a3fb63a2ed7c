// Mistake: accepts as soon as it is made
// Caught by: Works.BeginsWithStart
// Says: ann receives nothing yet
#include "27_threaded_server/rest.h"

#include <fcntl.h>

namespace kata {

ThreadedServer::ThreadedServer(UniqueFd listener, Handler handler, std::size_t max_connections)
    : m_{new Machinery{{std::move(listener), std::move(handler), max_connections}}}
{
    ::fcntl(m_->listener.get(), F_SETFL, 0);
    m_->accepting = std::async(std::launch::async, [this] { accept_clients(*m_); });
}

void ThreadedServer::start() {}

} // namespace kata
