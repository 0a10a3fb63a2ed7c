// Mistake: copies the numbers of those who are left, and shuts them down without the lock
// Caught by: Hostile.LeavesANumberAloneThatBecomesFree
// Says: hears "me too"
#include "27_threaded_server/rest.h"

#include <vector>

namespace kata {

void end_connections(Parts& m, std::chrono::milliseconds grace)
{
    Lock lock{m.mutex};
    const auto all_are_done = [&m] { return m.open.empty(); };
    shut_down(m.open, SHUT_RD);
    if (!m.changed.wait_for(lock, grace, all_are_done)) {
        std::vector<int> numbers;
        for (const Connection& c : m.open)
            numbers.push_back(c.number);
        lock.unlock(); // so that nobody has to wait
        for (const int number : numbers)
            ::shutdown(number, SHUT_RDWR);
        lock.lock();
        m.changed.wait(lock, all_are_done);
    }
    join_ended(m, lock);
}

} // namespace kata
