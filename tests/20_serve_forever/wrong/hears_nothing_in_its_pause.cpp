// Mistake: the pause of a shortage is a plain sleep, whatever the interval: shutdown() is heard when it is over
// Caught by: Robust.SleepsDuringAShortage
// Says: it took 50 ms
#include "20_serve_forever/rest.h"

namespace kata {

void BaseServer::serve_forever(int /*poll_interval_ms*/)
{
    const Loop loop{*m_};
    const int stop = m_->stop.get();
    while (wait_for(stop, fileno(), -1) && !wait_for(stop, -1, 0)) {
        try {
            serve_one();
        } catch (const std::system_error& e) {
            if (!is_shortage(e.code().value()))
                throw;
            handle_error({}, std::current_exception());
            wait_for(-1, -1, 50);
        }
    }
}

} // namespace kata
