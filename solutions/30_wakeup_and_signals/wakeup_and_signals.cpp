#include "30_wakeup_and_signals/wakeup_and_signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <list>
#include <mutex>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kata {

struct Loop::Machinery {
    Reactor reactor{};
    UniqueFd alarm{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::atomic<bool> stopping{false};
    std::mutex mutex{}; // for what was posted; what is due is of the loop's thread
    std::list<Task> posted{}, due{};

    // Async-signal-safe. EAGAIN: the counter is full (eventfd(2)), so the alarm rings already.
    void rings() const
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t n = ::write(alarm.get(), &one, sizeof one);
    }

    // First silence, then take: whoever posts in between has rung for the next turn. The other way round his task would lie
    // there, and nobody would come for it. A read that fails leaves the alarm on.
    void takes_what_was_posted()
    {
        std::uint64_t rang = 0;
        [[maybe_unused]] const ssize_t n = ::read(alarm.get(), &rang, sizeof rang);
        const std::lock_guard lock{mutex};
        due.splice(due.end(), posted); // behind what an exception, or stop(), has left
    }

    // No lock is held while a task runs, or dies: it may post.
    void runs_what_is_due()
    {
        while (!due.empty() && !stopping) {
            const Task task = std::move(due.front());
            due.pop_front(); // before it runs, for it may throw
            task();
        }
    }
};

Loop::Loop() : m_{new Machinery}
{
    if (!m_->alarm)
        throw std::system_error{errno, std::generic_category(), "eventfd"};
    m_->reactor.add(m_->alarm.get(), EPOLLIN, [this](std::uint32_t) { m_->takes_what_was_posted(); });
}

Loop::~Loop()
{
    for (m_->due.clear(); !m_->posted.empty(); m_->due.clear()) // what dies may post
        m_->takes_what_was_posted();
}

Reactor& Loop::reactor() { return m_->reactor; }

void Loop::post(Task task)
{
    std::unique_lock lock{m_->mutex};
    const bool is_first = m_->posted.empty();
    m_->posted.push_back(std::move(task));
    lock.unlock();
    if (is_first) // else somebody has rung, or is about to, and nobody has come yet
        m_->rings();
}

void Loop::stop() noexcept
{
    const int saved = errno;
    m_->stopping = true;
    m_->rings();
    errno = saved;
}

// What was posted meanwhile is for the next turn, so that descriptors have theirs in between.
void Loop::run()
{
    while (!m_->stopping.exchange(false)) {
        if (m_->due.empty()) // else an exception, or stop(), has left them
            m_->reactor.run_once(-1);
        m_->runs_what_is_due();
    }
}

UniqueFd make_signal_fd(std::initializer_list<int> signals)
{
    sigset_t set{};
    sigemptyset(&set);
    for (const int signal : signals)
        if (sigaddset(&set, signal) < 0)
            throw std::system_error{errno, std::generic_category(), "sigaddset"};
    UniqueFd fd{::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "signalfd"};
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return fd;
}

// One signal a turn: where two have come, the descriptor is still ready.
void end_on_signals(Loop& loop, int signal_fd, Loop::Task drain)
{
    loop.reactor().add(signal_fd, EPOLLIN,
                       [&loop, signal_fd, drain = std::move(drain), is_draining = false](std::uint32_t) mutable {
                           signalfd_siginfo signal{};
                           if (::read(signal_fd, &signal, sizeof signal) < 0)
                               return; // somebody else was faster
                           std::exchange(is_draining, true) ? loop.stop() : drain();
                       });
}

} // namespace kata
