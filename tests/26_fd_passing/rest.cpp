// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "26_fd_passing/rest.h"

namespace kata {

[[gnu::weak]] Endpoint name_of(std::string_view text)
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

[[gnu::weak]] bool is_socket_file(const char* path)
{
    struct stat file {};
    return ::lstat(path, &file) == 0 && S_ISSOCK(file.st_mode);
}

[[gnu::weak]] bool is_refused(const Endpoint& name)
{
    const UniqueFd probe = open_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    return ::connect(probe.get(), name.address(), name.size) < 0 && errno == ECONNREFUSED;
}

[[gnu::weak]] void makes_room(const char* path, const Endpoint& name)
{
    if (is_socket_file(path) && is_refused(name) && ::unlink(path) < 0)
        fail(errno, "unlink");
}

[[gnu::weak]] UniqueFd listener_at(const Endpoint& name)
{
    UniqueFd fd = open_socket(AF_UNIX, SOCK_STREAM);
    if (::bind(fd.get(), name.address(), name.size) < 0)
        fail(errno, "bind");
    if (::listen(fd.get(), SOMAXCONN) < 0)
        fail(errno, "listen");
    return fd;
}

[[gnu::weak]] UniqueFd unix_listen(std::string_view text)
{
    const Endpoint name = name_of(text);
    makes_room(std::string{text}.c_str(), name);
    return listener_at(name);
}

[[gnu::weak]] ucred peer_credentials(int fd)
{
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0)
        fail(errno, "getsockopt");
    if (who.uid == static_cast<uid_t>(-1))
        fail(ENOTCONN, "peer_credentials");
    peer_endpoint(fd);
    return who;
}

[[gnu::weak]] void encloses(Letter& letter, int number)
{
    letter.head.msg_controllen = CMSG_SPACE(sizeof number);
    *CMSG_FIRSTHDR(&letter.head) = {.cmsg_len = CMSG_LEN(sizeof number), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(CMSG_FIRSTHDR(&letter.head)), &number, sizeof number);
}

[[gnu::weak]] void sends(int wire, Letter& letter)
{
    while (::sendmsg(wire, &letter.head, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            fail(errno, "sendmsg");
}

[[gnu::weak]] ssize_t receives(int wire, Letter& letter)
{
    ssize_t n = 0;
    while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR)
            fail(errno, "recvmsg");
    return n;
}

[[gnu::weak]] bool brings_descriptors(const cmsghdr& part)
{
    return part.cmsg_level == SOL_SOCKET && (part.cmsg_type == SCM_RIGHTS || part.cmsg_type == scm_pidfd);
}

[[gnu::weak]] std::vector<UniqueFd> gifts_of(Letter& letter)
{
    std::vector<UniqueFd> gifts, others;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part))
        for (std::size_t at = CMSG_LEN(0); brings_descriptors(*part) && at < part->cmsg_len; at += sizeof(int)) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + at - CMSG_LEN(0), sizeof number);
            (part->cmsg_type == SCM_RIGHTS ? gifts : others).emplace_back(number);
        }
    return gifts;
}

[[gnu::weak]] void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    Letter letter{tag};
    encloses(letter, fd.get());
    sends(wire, letter);
    fd.reset();
}

[[gnu::weak]] std::optional<Passed> recv_fd(int wire)
{
    Letter letter;
    if (receives(wire, letter) == 0)
        return std::nullopt;
    std::vector<UniqueFd> gifts = gifts_of(letter);
    if (gifts.size() != 1 || (letter.head.msg_flags & MSG_CTRUNC) != 0)
        fail(EBADMSG, "recv_fd");
    return Passed{std::move(gifts[0]), letter.tag};
}

} // namespace kata
