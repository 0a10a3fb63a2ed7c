// Mistake: ends the accepting without a word when accept() fails
// Caught by: Robust.TellsWhatEndedTheAccepting
// Says: EINVAL
#include "27_threaded_server/rest.h"

namespace kata {

void ThreadedServer::start()
{
    m_->accepting = std::async(std::launch::async, [this] {
        try {
            accept_clients(*m_);
        } catch (const std::exception&) {
        }
    });
}

} // namespace kata
