// Odd: one vector and how far it is; whatever stops it, run() notices by comparing two numbers; the alarm is rung under the lock
#include "30_wakeup_and_signals/rest.h"

#include <vector>

namespace kata {

namespace {

std::vector<Loop::Task> queue; // one loop at a time, in each process
std::size_t done = 0;          // of the queue, which grows while tasks run
std::atomic<unsigned> asked{0};
unsigned answered = 0;

} // namespace

Loop::Loop() : m_{new Machinery}
{
    done = answered = asked = 0;
    makes_alarm(*m_);
    watches_alarm(*m_);
}

Loop::~Loop() { queue = {}; }

void hears(Parts& m) { silences(m); }

void Loop::post(Task task)
{
    const std::lock_guard lock{m_->mutex};
    queue.push_back(std::move(task));
    rings(*m_);
}

void Loop::stop() noexcept
{
    const int saved = errno;
    ++asked;
    rings(*m_);
    errno = saved;
}

void Loop::run()
{
    for (bool is_left = true; answered == asked;) {
        m_->reactor.run_once(is_left ? 0 : -1);
        std::size_t end = 0;
        {
            const std::lock_guard lock{m_->mutex};
            end = queue.size();
        }
        while (done < end && answered == asked) {
            Task task;
            {
                const std::lock_guard lock{m_->mutex};
                task = std::move(queue[done++]);
            }
            task();
        }
        const std::lock_guard lock{m_->mutex};
        is_left = done < queue.size();
        if (!is_left)
            queue.clear();
        done = is_left ? done : 0;
    }
    answered = asked;
}

} // namespace kata
