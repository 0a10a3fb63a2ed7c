#include "noticed.h"

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

void lingers(int seconds)
{
    const linger value{1, seconds};
    ::setsockopt(3, SOL_SOCKET, SO_LINGER, &value, sizeof value);
}
void reuses(int fd)
{
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}
// 127.0.0.1 and the port of `other`, or any free one.
sockaddr_in loopback(int other = -1)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (other >= 0)
        ::getsockname(other, reinterpret_cast<sockaddr*>(&address), &size);
    return address;
}
int binds(int fd, const sockaddr_in& address) { return ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address); }
int makes(int flags = 0) { return ::socket(AF_INET, SOCK_STREAM | flags, 0); }
void accepts(int listener) { ::close(::accept(listener, nullptr, nullptr)); }

const Scene nothing_is_free{.before = [](Learner& you) { you.nth(Family::opening, 1).fails(EMFILE); }};
const Scene the_close_is_interrupted{.before = [](Learner& you) { you.nth(Family::closing, 1).fails(EINTR); }};

} // namespace

std::vector<Noticed> learners_with_sockets()
{
    return {
        {"AbortsByLinger", "after SO_LINGER {1, 0}, close(3) sends a RST, and throws away what has not arrived yet.",
         [] {
             lingers(0);
             ::close(3);
         }},
        {"LingersForASecond", "",
         [] {
             lingers(1);
             ::close(3);
         }},
        {"ReusesTooLate", "SO_REUSEADDR after bind(4) comes too late: bind() has looked.",
         [] {
             const int fd = makes();
             binds(fd, loopback());
             reuses(fd);
         }},
        {"ReusesNever", "bind(5) said EADDRINUSE, and SO_REUSEADDR was not set before it.",
         [] {
             const int first = makes(), second = makes();
             reuses(first);
             binds(first, loopback());
             binds(second, loopback(first));
         }},
        {"ReusesInTime", "",
         [] {
             const int first = makes(), second = makes();
             for (const int fd : {first, second})
                 reuses(fd);
             binds(first, loopback());
             ::listen(first, 1);
             binds(second, loopback(first));
         }},
        {"AsksAtAUnixNameThatIsTaken", "",
         [] {
             const sa_family_t any = AF_UNIX;
             sockaddr_storage name{};
             socklen_t size = sizeof name;
             const int first = ::socket(AF_UNIX, SOCK_STREAM, 0), second = ::socket(AF_UNIX, SOCK_STREAM, 0);
             ::bind(first, reinterpret_cast<const sockaddr*>(&any), sizeof any);
             ::listen(first, 0);
             ::getsockname(first, reinterpret_cast<sockaddr*>(&name), &size);
             ::bind(second, reinterpret_cast<const sockaddr*>(&name), size);
             for (int queue_and_more = 0; queue_and_more < 2; ++queue_and_more)
                 ::connect(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0), reinterpret_cast<const sockaddr*>(&name), size);
         }},
        {"DoesNotBlockAndDoesNotPoll", "socket() was given SOCK_NONBLOCK, so accept(4) does not wait; and no poll() does.",
         [] {
             const int fd = makes(SOCK_NONBLOCK);
             ::listen(fd, 1);
             accepts(fd);
         }},
        {"DoesNotBlockButPolls", "",
         [] {
             pollfd p{makes(SOCK_NONBLOCK), POLLIN, 0};
             ::listen(p.fd, 1);
             ::poll(&p, 1, 1);
             accepts(p.fd);
         }},
        {"LeavesItNonBlocking", "descriptor 3 came without O_NONBLOCK, and goes back with it.",
         [] { ::fcntl(3, F_SETFL, ::fcntl(3, F_GETFL) | O_NONBLOCK); }},
        {"PutsTheFlagBack", "",
         [] {
             const int flags = ::fcntl(3, F_GETFL);
             ::fcntl(3, F_SETFL, flags | O_NONBLOCK);
             ::fcntl(3, F_SETFL, flags);
         }},
        {"ClosesTwice", "close(4) comes a second time: the number may be another's by then.",
         [] {
             const int fd = makes();
             ::close(fd);
             ::close(fd);
         }},
        {"ClosesAgainAfterEintr", "close(4) comes a second time: the first said EINTR, and the number was free all the same.",
         [] {
             const int fd = makes();
             ::close(fd);
             ::close(fd);
         },
         the_close_is_interrupted},
        {"ClosesTheSameNumberOfAnother", "",
         [] {
             ::close(makes());
             ::close(makes());
             ::close(-1);
         }},
        {"UsesItAfterClose", "listen(4) comes after close(4): the number is nobody's now.",
         [] {
             const int fd = makes();
             ::close(fd);
             ::listen(fd, 1);
         }},
        {"MeetsAFullTable", "socket() said EMFILE: no descriptor is free.", [] { makes(); }, nothing_is_free},
    };
}

} // namespace lab
