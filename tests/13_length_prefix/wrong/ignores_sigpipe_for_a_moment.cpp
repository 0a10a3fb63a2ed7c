// Mistake: ignores SIGPIPE while it writes, and puts back what was: of two threads, the first one puts it back for both
// Caught by: Hostile.SurvivesInEachThreadAPeerThatIsGone
// Says: killed by SIGPIPE inside write(
#include "13_length_prefix/rest.h"

#include <csignal>
#include <unistd.h>

namespace kata {

namespace {

struct Quiet {
    Quiet() : before{std::signal(SIGPIPE, SIG_IGN)} {}
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() { std::signal(SIGPIPE, before); }
    void (*before)(int);
};

} // namespace

void transmit(int fd, std::span<const std::byte> bytes)
{
    const Quiet quiet;
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "write"};
        bytes = bytes.subspan(n > 0 ? static_cast<std::size_t>(n) : 0);
    }
}

} // namespace kata
