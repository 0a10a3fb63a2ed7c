// The part of a peer that passes descriptors over a Unix socket, and takes them (unix(7), SCM_RIGHTS).
#include "lab/peers/peer.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

namespace {

constexpr std::size_t most_passed = 253; // that one message may bring: unix(7), SCM_RIGHTS

struct Letter {
    alignas(cmsghdr) char control[CMSG_SPACE(most_passed * sizeof(int))] = {};
    char bytes[256] = {};
    iovec piece{bytes, sizeof bytes};
    msghdr head{};
    Letter()
    {
        head.msg_iov = &piece;
        head.msg_iovlen = 1;
        head.msg_control = control;
        head.msg_controllen = sizeof control;
    }
};

std::vector<int> descriptors_of(Letter& letter)
{
    std::vector<int> all;
    for (cmsghdr* part = CMSG_FIRSTHDR(&letter.head); part != nullptr; part = CMSG_NXTHDR(&letter.head, part))
        if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
            all.resize((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
            std::memcpy(all.data(), CMSG_DATA(part), all.size() * sizeof(int));
        }
    return all;
}

} // namespace

void Peer::passes(std::string_view bytes, const std::vector<int>& descriptors)
{
    if (fd_ < 0)
        return;
    note("passes " + in_quotes(bytes) + " and " + plural(descriptors.size(), "descriptor"));
    Letter letter;
    letter.piece.iov_len = bytes.copy(letter.bytes, sizeof letter.bytes);
    letter.head.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
    cmsghdr* const part = CMSG_FIRSTHDR(&letter.head);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
    std::memcpy(CMSG_DATA(part), descriptors.data(), descriptors.size() * sizeof(int));
    if (::sendmsg(fd_, &letter.head, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        note("could not pass it: " + errno_name(errno));
}

Peer Peer::expects_descriptor(std::string_view bytes, std::string name, const char* file, int line)
{
    Letter letter;
    letter.piece.iov_len = bytes.size();
    run_->await_fd(fd_, POLLIN);
    const ssize_t n = fd_ < 0 ? -1 : ::recvmsg(fd_, &letter.head, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const std::string text{letter.bytes, n > 0 ? static_cast<std::size_t>(n) : 0};
    std::vector<int> gifts = n < 0 ? std::vector<int>{} : descriptors_of(letter);
    const std::string came = n < 0    ? "nothing"
                             : n == 0 ? "the end of the stream"
                                      : in_quotes(text) + " and " + plural(gifts.size(), "descriptor");
    note("receives " + came);
    if (text != bytes || gifts.size() != 1)
        fails(in_quotes(bytes) + " and 1 descriptor", came, file, line);
    for (; gifts.size() > 1; gifts.pop_back())
        ::close(gifts.back());
    return Peer{*run_, std::move(name), gifts.empty() ? -1 : gifts.front()};
}

} // namespace lab
