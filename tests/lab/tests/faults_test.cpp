// Scripted faults: they strike the calls that they name, in every family, and nothing else.
#include "recorded.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

namespace {

// The learner's calls. Each gives -1 when it fails.
class Caller {
public:
    explicit Caller(Family family) : family_{family}
    {
        if (family != Family::accepting && family != Family::connecting)
            return;
        socklen_t size = sizeof address_;
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, ::listen(listener_, 8));
        EXPECT_EQ(0, ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address_), &size));
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller()
    {
        if (listener_ >= 0)
            ::close(listener_);
    }

    long operator()() const
    {
        char byte = 0;
        pollfd p{3, POLLIN, 0};
        const timespec moment{0, 1};
        switch (family_) {
        case Family::reading: return ::recv(3, &byte, 1, 0);
        case Family::writing: return ::send(3, "x", 1, 0);
        case Family::accepting: connects(); return closed(::accept(listener_, nullptr, nullptr));
        case Family::connecting: return connects();
        case Family::waiting: return ::poll(&p, 1, 0);
        case Family::opening: return closed(::dup(3));
        case Family::sleeping: return ::nanosleep(&moment, nullptr);
        case Family::closing: return ::close(::dup(3));
        case Family::none: break;
        }
        return -1;
    }

private:
    static long closed(int fd)
    {
        const int error = errno;
        const int result = fd < 0 ? -1 : ::close(fd);
        errno = error;
        return result;
    }

    long connects() const
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        const int result = ::connect(fd, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
        closed(fd);
        return result;
    }

    Family family_;
    int listener_ = -1;
    sockaddr_in address_{};
};

struct Aim {
    const char* name;
    Learner::Rule (*at)(Learner& you, Family family);
    const char* strikes; // one letter for each of four calls
};

const Aim aims[] = {
    {"Nth", [](Learner& you, Family f) { return you.nth(f, 2); }, ".X.."},
    {"First", [](Learner& you, Family f) { return you.first(f, 3); }, "XXX."},
    {"Every", [](Learner& you, Family f) { return you.every(f); }, "XXXX"},
};
constexpr Family families[] = {Family::reading, Family::writing, Family::accepting, Family::connecting,
                               Family::waiting, Family::opening, Family::sleeping};

void PrintTo(const Aim& aim, std::ostream* out) { *out << aim.name; }

using Case = std::tuple<Aim, Family>;

class EachFault : public testing::TestWithParam<Case> {
protected:
    EachFault() { ann_.sends("abcd"); }

    Learner::Rule rule() { return std::get<Aim>(GetParam()).at(you_, family()); }
    Family family() const { return std::get<Family>(GetParam()); }
    std::string strikes() const { return std::get<Aim>(GetParam()).strikes; }
    long struck() const
    {
        const std::string all = strikes();
        return std::count(all.begin(), all.end(), 'X');
    }

    // Four calls; `sees` gives X or . for each.
    void run(const std::function<char(const Caller&)>& sees)
    {
        you_.run([&, this] {
            const Caller call{family()};
            std::string seen;
            for (int i = 0; i < 4; ++i)
                seen += sees(call);
            EXPECT_EQ(strikes(), seen);
        });
    }

    Learner you_;
    Peer ann_ = you_.wire("ann");
};

// How many calls have `mark` in their row; rows that come again are folded: "send(3, "x", 1)  x3".
long count_marked(const std::string& mark, const Learner& you)
{
    std::istringstream rows{rows_with(mark, you.diagram())};
    long n = 0;
    for (std::string row; std::getline(rows, row);) {
        const std::size_t times = row.find("  x");
        n += times == std::string::npos ? 1 : std::stol(row.substr(times + 3));
    }
    return n;
}

} // namespace

TEST_P(EachFault, Fails)
{
    rule().fails(EIO);
    run([](const Caller& call) { return call() < 0 && errno == EIO ? 'X' : '.'; });
    you_.finishes();
    EXPECT_EQ(struck(), count_marked("-1  EIO  [injected]", you_));
}

TEST_P(EachFault, IsDelayed)
{
    rule().is_delayed(20ms);
    run([](const Caller& call) {
        timespec before{}, after{};
        ::clock_gettime(CLOCK_MONOTONIC, &before);
        EXPECT_GE(call(), 0);
        ::clock_gettime(CLOCK_MONOTONIC, &after);
        const long ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1'000'000;
        return ms >= 20 ? 'X' : '.';
    });
    you_.finishes();
    EXPECT_EQ(struck(), count_marked("[delayed]", you_));
}

TEST_P(EachFault, Pauses)
{
    rule().pauses();
    run([i = 0, this](const Caller& call) mutable { return call() >= 0 ? strikes()[static_cast<std::size_t>(i++)] : '?'; });
    ASSERT_TRUE(you_.paused());
    EXPECT_EQ(strikes()[0] == 'X' ? 1 : 2, you_.count(family()));
    EXPECT_NE("", rows_with("held by the test", you_.diagram()));
    you_.resume();
    you_.finishes();
}

namespace {
std::string name_of_case(const testing::TestParamInfo<Case>& info)
{
    return std::string{std::get<Aim>(info.param).name} + "_" + name_of(std::get<Family>(info.param));
}
} // namespace
INSTANTIATE_TEST_SUITE_P(On, EachFault, testing::Combine(testing::ValuesIn(aims), testing::ValuesIn(families)), name_of_case);
