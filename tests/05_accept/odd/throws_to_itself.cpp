// Odd: exceptions of its own for "nobody" and "try again", a set of errors, a union for the address
#include "05_accept/accept.h"
#include <cerrno>
#include <cstring>
#include <set>
#include <sys/socket.h>
#include <system_error>
namespace kata {
namespace {
struct Passing {};
struct Nobody {};
union Address {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
    char bytes[sizeof(sockaddr_storage)];
};
Accepted attempt(int fd)
{
    static const std::set<int> passing{EINTR,       ECONNABORTED, EPROTO,       ENOPROTOOPT, ENETDOWN,
                                       ENETUNREACH, EHOSTDOWN,    EHOSTUNREACH, ENONET,      ETIMEDOUT};
    Address where{};
    socklen_t used = sizeof where;
    const int got = ::accept4(fd, &where.any, &used, SOCK_CLOEXEC);
    if (got == -1) {
        if (errno == EWOULDBLOCK)
            throw Nobody{};
        if (passing.count(errno) != 0)
            throw Passing{};
        throw std::system_error(std::error_code(errno, std::system_category()));
    }
    Accepted answer{UniqueFd(got), {}};
    std::memcpy(&answer.peer.storage, where.bytes, used);
    answer.peer.size = used;
    return answer;
}
} // namespace
std::optional<Accepted> accept_one(int listen_fd)
try {
    while (true) {
        try {
            return attempt(listen_fd);
        } catch (Passing) {
        }
    }
} catch (Nobody) {
    return {};
}
} // namespace kata
