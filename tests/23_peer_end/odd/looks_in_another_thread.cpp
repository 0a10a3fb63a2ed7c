// Odd: looks through a copy of the descriptor, in a thread of its own
#include "23_peer_end/peer_end.h"

#include <cerrno>
#include <fcntl.h>
#include <future>
#include <poll.h>
#include <sys/ioctl.h>
#include <system_error>

namespace kata {

PeerEnd probe_peer(int fd)
{
    const UniqueFd copy{::fcntl(fd, F_DUPFD_CLOEXEC, 30)};
    if (!copy)
        throw std::system_error{errno, std::generic_category(), "fcntl"};
    return std::async(std::launch::async,
                      [number = copy.get()] {
                          pollfd peer{number, POLLIN | POLLRDHUP | POLLPRI, 0};
                          int unread = 0, ready = 0;
                          while ((ready = ::poll(&peer, 1, 0)) < 0 && errno == EINTR) {
                          }
                          if (ready < 0 || ::ioctl(number, FIONREAD, &unread) < 0)
                              throw std::system_error{errno, std::generic_category(), "poll"};
                          return (peer.revents & POLLERR) != 0     ? PeerEnd::reset
                                 : (peer.revents & POLLRDHUP) == 0 ? PeerEnd::open
                                 : unread > 0                      ? PeerEnd::fin_with_data
                                                                   : PeerEnd::fin;
                      })
        .get();
}

} // namespace kata
