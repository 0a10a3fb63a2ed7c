// Odd: one vector, and how far it is; whether to stop is a comparison of two numbers; it rings under the lock
#include "30_wakeup_and_signals/wakeup_and_signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace kata {

struct Loop::Machinery {
    Reactor reactor{};
    UniqueFd alarm{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex mutex{}; // for the next two lines
    std::vector<Task> queue{};
    std::size_t done = 0; // of the queue, which grows while tasks run
    std::atomic<unsigned> asked{0};
    unsigned answered = 0;

    void rings() const
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t n = ::write(alarm.get(), &one, sizeof one);
    }
    bool is_left()
    {
        const std::lock_guard lock{mutex};
        if (done < queue.size())
            return true;
        queue.clear();
        done = 0;
        return false;
    }
    Task next()
    {
        const std::lock_guard lock{mutex};
        return std::move(queue[done++]);
    }
};

Loop::Loop() : m_{new Machinery}
{
    if (!m_->alarm)
        throw std::system_error{errno, std::generic_category(), "eventfd"};
    m_->reactor.add(m_->alarm.get(), EPOLLIN, [this](std::uint32_t) {
        std::uint64_t rang = 0;
        [[maybe_unused]] const ssize_t n = ::read(m_->alarm.get(), &rang, sizeof rang);
    });
}

Loop::~Loop()
{
    while (m_->is_left()) // what dies may post
        m_->next();
}

Reactor& Loop::reactor() { return m_->reactor; }

void Loop::post(Task task)
{
    const std::lock_guard lock{m_->mutex};
    m_->queue.push_back(std::move(task));
    m_->rings();
}

void Loop::stop() noexcept
{
    const int saved = errno;
    ++m_->asked;
    m_->rings();
    errno = saved;
}

void Loop::run()
{
    while (m_->answered == m_->asked) {
        m_->reactor.run_once(m_->is_left() ? 0 : -1);
        std::size_t end = 0;
        {
            const std::lock_guard lock{m_->mutex};
            end = m_->queue.size();
        }
        while (m_->done < end && m_->answered == m_->asked)
            m_->next()();
    }
    m_->answered = m_->asked;
}

UniqueFd make_signal_fd(std::initializer_list<int> signals)
{
    sigset_t set{};
    for (const int signal : signals)
        if (sigaddset(&set, signal) < 0)
            throw std::system_error{EINVAL, std::generic_category(), "sigaddset"};
    UniqueFd fd{::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "signalfd"};
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return fd;
}

void end_on_signals(Loop& loop, int signal_fd, Loop::Task drain)
{
    loop.reactor().add(signal_fd, EPOLLIN, [&loop, signal_fd, drain](std::uint32_t) mutable {
        signalfd_siginfo signal{};
        if (::read(signal_fd, &signal, sizeof signal) < 0)
            return;
        if (drain)
            std::exchange(drain, nullptr)();
        else
            loop.stop();
    });
}

} // namespace kata
