// Mistake: its loop wakes one thread when it has ended, and two may wait
// Caught by: Robust.WakesAllWhoWaitForItsEnd
// Says: asleep, but in no call on a socket
#include "20_serve_forever/rest.h"

namespace kata {

struct OneIsWoken {
    Parts& m;
    explicit OneIsWoken(Parts& parts) : m{parts}
    {
        const std::lock_guard lock{m.mutex};
        m.loop = std::this_thread::get_id();
    }
    OneIsWoken(const OneIsWoken&) = delete;
    OneIsWoken& operator=(const OneIsWoken&) = delete;
    ~OneIsWoken()
    {
        const std::lock_guard lock{m.mutex};
        eventfd_t taken = 0;
        ::eventfd_read(m.stop.get(), &taken);
        m.loop = {};
        ++m.loops_ended;
        m.changed.notify_one();
    }
};

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const OneIsWoken loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(stop, -1, 50);
        }
    }
}

} // namespace kata
