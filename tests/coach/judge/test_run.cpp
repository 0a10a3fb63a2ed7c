#include "coach/judge/test_run.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <sys/epoll.h>
#include <system_error>
#include <unistd.h>

namespace coach {

int processes_at_once()
{
    constexpr long most = 4;
    return static_cast<int>(std::clamp(::sysconf(_SC_NPROCESSORS_ONLN), 1L, most));
}

TestRun::TestRun(const std::vector<std::string>& command, const EnvironmentChanges& settings, const std::optional<Limits>& limits,
                 int processes)
    : epoll_{::epoll_create1(EPOLL_CLOEXEC)}
{
    if (epoll_ < 0)
        throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    const std::string count = std::to_string(processes);
    for (int i = 0; i < processes; ++i) {
        const std::string index = std::to_string(i);
        EnvironmentChanges all = settings;
        all.emplace_back("GTEST_TOTAL_SHARDS", processes > 1 ? count.c_str() : nullptr);
        all.emplace_back("GTEST_SHARD_INDEX", processes > 1 ? index.c_str() : nullptr);
        parts_.push_back(std::make_unique<Part>(command, all, limits));
        epoll_event event{};
        event.events = EPOLLIN;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, parts_.back()->process.fd(), &event);
    }
}

TestRun::~TestRun() { ::close(epoll_); }

bool TestRun::advance(std::size_t& heard)
{
    for (const std::unique_ptr<Part>& part : parts_) {
        if (!part->runs)
            continue;
        std::string piece;
        part->runs = part->process.read(piece);
        heard += piece.size();
        part->reader.read(piece);
        if (!part->runs)
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, part->process.fd(), nullptr); // its end is readable for ever
    }
    return !is_certain();
}

int TestRun::place(std::size_t part) const
{
    return parts_[part]->reader.passed() * static_cast<int>(parts_.size()) + static_cast<int>(part);
}

std::optional<std::size_t> TestRun::first_red() const
{
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < parts_.size(); ++i)
        if (parts_[i]->reader.decided() && (!first || place(i) < place(*first)))
            first = i;
    return first;
}

bool TestRun::is_certain() const
{
    const std::optional<std::size_t> red = first_red();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const Part& part = *parts_[i];
        const bool comes_later = red && part.reader.total() > 0 && place(i) >= place(*red);
        if (part.runs && !comes_later)
            return false;
    }
    return true;
}

Verdict TestRun::verdict() const
{
    const std::optional<std::size_t> red = first_red();
    Verdict all = red ? parts_[*red]->reader.verdict(-1) : Verdict{};
    const int before = red ? place(*red) : 0, n = static_cast<int>(parts_.size());
    all.total = all.passed = 0;
    for (int i = 0; i < n; ++i) {
        const Part& part = *parts_[static_cast<std::size_t>(i)];
        all.total += part.reader.total();
        all.passed += red ? std::min(part.reader.passed(), (before - i + n - 1) / n) : part.reader.passed();
        if (red)
            continue;
        if (n > 1 && part.reader.is_empty() && part.process.exit_code() == 0)
            continue; // there are more processes than tests
        const Verdict one = part.reader.verdict(part.process.exit_code());
        if (!one.is_green())
            return one;
        all.state = State::green;
        for (const std::string& why : one.skipped)
            if (std::find(all.skipped.begin(), all.skipped.end(), why) == all.skipped.end())
                all.skipped.push_back(why);
    }
    if (all.state == State::unknown) // no process has had a test
        return parts_.front()->reader.verdict(parts_.front()->process.exit_code());
    return all;
}

void TestRun::stop()
{
    for (const std::unique_ptr<Part>& part : parts_)
        part->process.stop();
}

} // namespace coach
