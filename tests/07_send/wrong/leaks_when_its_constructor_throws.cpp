// Mistake: closes in the destructor of a class whose constructor throws: then it does not run
// Caught by: Hostile.TellsWhicheverCallFails
// Says: leaked a descriptor
#include "07_send/rest.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace kata {

namespace {

class Epoll {
public:
    explicit Epoll(int fd) : epoll_{::epoll_create1(EPOLL_CLOEXEC)}
    {
        epoll_event room{};
        room.events = EPOLLOUT;
        if (epoll_ < 0 || ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &room) < 0)
            fail(errno, "epoll");
    }
    Epoll(const Epoll&) = delete;
    Epoll& operator=(const Epoll&) = delete;
    ~Epoll() { ::close(epoll_); }

    void wait() const
    {
        epoll_event room{};
        if (::epoll_wait(epoll_, &room, 1, -1) < 0 && errno != EINTR)
            fail(errno, "epoll_wait");
    }

private:
    int epoll_;
};

} // namespace

void wait_for_room(int fd) { Epoll{fd}.wait(); }

} // namespace kata
