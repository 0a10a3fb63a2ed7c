#include "lab/machine/tcp_bytes.h"

#include "lab/machine/proc.h"
#include "lab/machine/tcp_states.h"

#include <algorithm>
#include <cstddef>
#include <netinet/in.h>
#include <numeric>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace lab {

namespace {

bool saw_a_fin(int state) { return state != tcp::established && state != tcp::fin_wait1 && state != tcp::fin_wait2; }

std::uint64_t less(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : 0; }

} // namespace

std::optional<TcpBytes> tcp_bytes(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    int waiting = 0;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0 || info.tcpi_state == tcp::listening ||
        size < offsetof(tcp_info, tcpi_bytes_retrans) + sizeof info.tcpi_bytes_retrans || ::ioctl(fd, FIONREAD, &waiting) < 0)
        return std::nullopt;
    // A FIN counts as a byte that came, and as one that was not sent yet. A closed one may have had one.
    const std::uint64_t fin_in = saw_a_fin(info.tcpi_state) ? 1 : 0;
    const bool has_ended = info.tcpi_state != tcp::established && info.tcpi_state != tcp::close_wait;
    const std::uint64_t fin_out = has_ended && info.tcpi_notsent_bytes > 0 ? 1 : 0;
    return TcpBytes{less(info.tcpi_bytes_received, static_cast<std::uint64_t>(waiting) + fin_in),
                    less(info.tcpi_bytes_sent + info.tcpi_notsent_bytes, info.tcpi_bytes_retrans + fin_out)};
}

namespace {

// Calls look(fd) with a copy of each descriptor of another process.
template <class Look>
void at_each(pid_t process, const std::vector<int>& descriptors, Look look)
{
    const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    for (const int fd : descriptors)
        if (const auto copy = static_cast<int>(::syscall(SYS_pidfd_getfd, handle, fd, 0)); copy >= 0) {
            look(copy);
            ::close(copy);
        }
    if (handle >= 0)
        ::close(handle);
}

} // namespace

TcpBytes tcp_bytes(pid_t process, int first, int count)
{
    std::vector<int> descriptors(static_cast<std::size_t>(count));
    std::iota(descriptors.begin(), descriptors.end(), first);
    TcpBytes all;
    at_each(process, descriptors, [&](int fd) {
        if (const std::optional<TcpBytes> one = tcp_bytes(fd)) {
            all.taken += one->taken;
            all.given += one->given;
        }
    });
    return all;
}

bool holds_back_bytes(pid_t process)
{
    bool some = false;
    at_each(process, proc::descriptors(process), [&](int fd) {
        tcp_info info{};
        socklen_t size = sizeof info;
        some = some || (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_state != tcp::listening &&
                        info.tcpi_unacked > 0 && info.tcpi_notsent_bytes > 0);
    });
    return some;
}

} // namespace lab
