// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "30_wakeup_and_signals/rest.h"

namespace kata {

[[gnu::weak]] void makes_alarm(Parts& m)
{
    m.alarm = UniqueFd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!m.alarm)
        throw std::system_error{errno, std::generic_category(), "eventfd"};
}

[[gnu::weak]] void watches_alarm(Parts& m)
{
    m.reactor.add(m.alarm.get(), EPOLLIN, [&m](std::uint32_t) { hears(m); });
}

[[gnu::weak]] void rings(const Parts& m)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t n = ::write(m.alarm.get(), &one, sizeof one);
}

[[gnu::weak]] void silences(const Parts& m)
{
    std::uint64_t rang = 0;
    [[maybe_unused]] const ssize_t n = ::read(m.alarm.get(), &rang, sizeof rang);
}

[[gnu::weak]] void hears(Parts& m)
{
    silences(m);
    takes(m);
}

[[gnu::weak]] bool enqueues(Parts& m, Loop::Task task)
{
    std::list<Loop::Task> one; // made without the lock
    one.push_back(std::move(task));
    const std::lock_guard lock{m.mutex};
    m.posted.splice(m.posted.end(), one);
    return m.posted.size() == 1;
}

[[gnu::weak]] void takes(Parts& m)
{
    const std::lock_guard lock{m.mutex};
    m.due.splice(m.due.end(), m.posted);
}

[[gnu::weak]] void waits(Parts& m) { m.reactor.run_once(m.due.empty() ? -1 : 0); }

[[gnu::weak]] void runs_next(Parts& m)
{
    std::list<Loop::Task> one;
    one.splice(one.end(), m.due, m.due.begin());
    one.front()();
}

[[gnu::weak]] void runs_due(Parts& m)
{
    while (!m.due.empty() && !m.stopping)
        runs_next(m);
}

[[gnu::weak]] Loop::Loop() : m_{new Machinery}
{
    makes_alarm(*m_);
    watches_alarm(*m_);
}

[[gnu::weak]] Loop::~Loop()
{
    do { // what dies may post
        m_->due.clear();
        takes(*m_);
    } while (!m_->due.empty());
}

[[gnu::weak]] Reactor& Loop::reactor() { return m_->reactor; }

[[gnu::weak]] void Loop::post(Task task)
{
    if (enqueues(*m_, std::move(task)))
        rings(*m_);
}

[[gnu::weak]] void Loop::stop() noexcept
{
    const int saved = errno;
    m_->stopping = true;
    rings(*m_);
    errno = saved;
}

[[gnu::weak]] void Loop::run()
{
    while (!m_->stopping.exchange(false)) {
        waits(*m_);
        runs_due(*m_);
    }
}

[[gnu::weak]] sigset_t set_of(std::initializer_list<int> signals)
{
    sigset_t set{};
    sigemptyset(&set);
    for (const int signal : signals)
        if (sigaddset(&set, signal) < 0)
            throw std::system_error{errno, std::generic_category(), "sigaddset"};
    return set;
}

[[gnu::weak]] UniqueFd opens_signal_fd(const sigset_t& set)
{
    UniqueFd fd{::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK)};
    return fd ? std::move(fd) : throw std::system_error{errno, std::generic_category(), "signalfd"};
}

[[gnu::weak]] void blocks(const sigset_t& set) { pthread_sigmask(SIG_BLOCK, &set, nullptr); }

[[gnu::weak]] UniqueFd make_signal_fd(std::initializer_list<int> signals)
{
    const sigset_t set = set_of(signals);
    UniqueFd fd = opens_signal_fd(set);
    blocks(set);
    return fd;
}

[[gnu::weak]] bool reads_one(int signal_fd)
{
    signalfd_siginfo signal{};
    return ::read(signal_fd, &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal);
}

[[gnu::weak]] void gets_signal(Ending& ending)
{
    if (!reads_one(ending.signal_fd))
        return;
    std::exchange(ending.is_draining, true) ? ending.loop.stop() : ending.drain();
}

[[gnu::weak]] void end_on_signals(Loop& loop, int signal_fd, Loop::Task drain)
{
    loop.reactor().add(signal_fd, EPOLLIN,
                       [ending = Ending{loop, signal_fd, std::move(drain)}](std::uint32_t) mutable { gets_signal(ending); });
}

} // namespace kata
