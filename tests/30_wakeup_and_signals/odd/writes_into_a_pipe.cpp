// Odd: the self-pipe of select(2), NOTES, which every Unix has: a byte for each post, until it is full
#include "30_wakeup_and_signals/rest.h"

#include <fcntl.h>

namespace kata {

void makes_alarm(Parts& m)
{
    int ends[2]{-1, -1};
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        throw std::system_error{errno, std::generic_category(), "pipe2"};
    m.alarm = UniqueFd{ends[0]};
    m.bell = UniqueFd{ends[1]};
}

void rings(const Parts& m) { [[maybe_unused]] const ssize_t n = ::write(m.bell.get(), ".", 1); }

void silences(const Parts& m)
{
    char bytes[4096];
    while (::read(m.alarm.get(), bytes, sizeof bytes) > 0) {
    }
}

void Loop::post(Task task)
{
    enqueues(*m_, std::move(task));
    rings(*m_);
}

} // namespace kata
