// Mistake: closes the socket first and joins its threads then
// Caught by: Robust.ClosesTheSocketAfterItsThreads
// Says: EBADF
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::server_close()
{
    socket_.reset();
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
}

} // namespace kata
