// What a sweep leaves alone, because the kernel never does it to anybody.
#include "lab/lab.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

using namespace lab;

namespace {

struct Epoll {
    const int fd = ::epoll_create1(EPOLL_CLOEXEC);
    ~Epoll()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

[[noreturn]] void throws(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Hears of each arrival once, and reads until EAGAIN.
void reads_a_byte_by_edges(int fd)
{
    const Epoll epoll;
    epoll_event edge{EPOLLIN | EPOLLET, {.fd = fd}};
    if (epoll.fd < 0 || ::epoll_ctl(epoll.fd, EPOLL_CTL_ADD, fd, &edge) < 0)
        throws("epoll_ctl");
    for (char byte = 0; ::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0;) {
        if (errno != EAGAIN && errno != EINTR)
            throws("recv");
        if (::epoll_wait(epoll.fd, &edge, 1, -1) < 0 && errno != EINTR)
            throws("epoll_wait");
    }
}

} // namespace

TEST(Sweep, SaysNoEagainBehindAnEdge)
{
    whichever_call_fails([] {
        Learner you;
        Peer ann = you.wire("ann");
        you.run([&] { told_then_done([&] { reads_a_byte_by_edges(you.fd()); }); });
        ann.sends("hi");
        you.finishes();
    });
}
