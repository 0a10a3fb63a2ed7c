// Mistake: server_close() waits for the threads, and leaves the socket open
// Caught by: Robust.ClosesItsSocket
// Says: after server_close()
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::server_close()
{
    for (Worker& worker : m_->workers)
        worker.thread.join();
    m_->workers.clear();
}

} // namespace kata
