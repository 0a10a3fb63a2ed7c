#include "26_fd_passing/fd_passing.h"

#include "02_address/address.h"
#include "04_listen/listen.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace kata {
namespace {

[[noreturn]] void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

// A path ends with a zero byte, an abstract name with its size. With no name at all bind(2) would choose one (unix(7)).
Endpoint name_of(std::string_view text)
{
    Endpoint name;
    auto* const un = reinterpret_cast<sockaddr_un*>(&name.storage);
    const std::size_t zero = text.find('\0'), used = text.size() + (zero == 0 ? 0 : 1);
    if (text.empty() || (zero > 0 && zero < used) || used > sizeof un->sun_path)
        fail(used > sizeof un->sun_path ? ENAMETOOLONG : EINVAL, "unix_listen");
    un->sun_family = AF_UNIX;
    text.copy(un->sun_path, text.size());
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + used);
    return name;
}

// A file that is no socket refuses, too; an abstract name is no file. Non-blocking, or connect() waits where a queue is full.
bool is_left_behind(const char* path, const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    return std::filesystem::is_socket(std::filesystem::symlink_status(path)) &&
           ::connect(probe.get(), name.address(), name.size) < 0 && errno == ECONNREFUSED;
}

// One byte, and beside it room for control messages, which begins where a cmsghdr may stand.
struct Letter {
    std::byte tag{};
    iovec piece{&tag, 1};
    alignas(cmsghdr) std::byte control[CMSG_SPACE(sizeof(int)) + 256]{};
    msghdr head{nullptr, 0, &piece, 1, control, sizeof control, 0};
};

// All that came. Room for one descriptor is room for two (CMSG_SPACE), and a stranger may send more: each has an owner at once.
std::vector<UniqueFd> gifts_of(Letter& letter)
{
    constexpr int scm_pidfd = 4; // SCM_PIDFD (Linux 6.5): what SO_PASSPIDFD brings is a descriptor, too, and ends here
    std::vector<UniqueFd> gifts, others;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part)) {
        const bool brings = part->cmsg_level == SOL_SOCKET && (part->cmsg_type == SCM_RIGHTS || part->cmsg_type == scm_pidfd);
        for (std::size_t at = 0; brings && CMSG_LEN(at + sizeof(int)) <= part->cmsg_len; at += sizeof(int)) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + at, sizeof number);
            (part->cmsg_type == SCM_RIGHTS ? gifts : others).emplace_back(number);
        }
    }
    return gifts;
}

} // namespace

UniqueFd unix_listen(std::string_view text)
{
    const Endpoint name = name_of(text);
    if (const std::string path{text}; is_left_behind(path.c_str(), name) && ::unlink(path.c_str()) < 0)
        fail(errno, "unlink");
    UniqueFd fd = open_socket(AF_UNIX, SOCK_STREAM);
    if (::bind(fd.get(), name.address(), name.size) < 0)
        fail(errno, "bind");
    listen_on(fd.get());
    return fd;
}

ucred peer_credentials(int fd)
{
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0)
        fail(errno, "getsockopt");
    if (who.uid == static_cast<uid_t>(-1)) // how the kernel says that there is nobody; it is no error there
        fail(ENOTCONN, "peer_credentials");
    peer_endpoint(fd); // throws ENOTCONN for a listener, too: it has credentials, its own
    return who;
}

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    const int number = fd.get();
    letter.head.msg_controllen = CMSG_SPACE(sizeof number);
    *CMSG_FIRSTHDR(&letter.head) = {.cmsg_len = CMSG_LEN(sizeof number), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(CMSG_FIRSTHDR(&letter.head)), &number, sizeof number);
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            fail(errno, "sendmsg");
    fd.reset(); // a copy here would hold the connection open when the other process closes it
}

std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    if (n == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
