// Mistake: notes that it was started before it has its thread: stop() then asks for what never began
// Caught by: Robust.BeginsAtTheSecondTry
// Says: threw
#include "27_threaded_server/rest.h"

#include <map>

namespace kata {

namespace {

std::map<const ThreadedServer*, bool> was_started; // one thread makes, starts and stops them

} // namespace

void ThreadedServer::start()
{
    was_started[this] = true;
    m_->accepting = std::async(std::launch::async, [this] { accept_clients(*m_); });
}

void ThreadedServer::stop(int grace_ms)
{
    const bool accepts = std::exchange(was_started[this], false);
    if (accepts && m_->accepting.valid()) {
        wake(*m_);
        m_->accepting.wait();
    }
    m_->listener.reset();
    end_connections(*m_, std::chrono::milliseconds{grace_ms});
    if (accepts)
        m_->accepting.get();
}

} // namespace kata
