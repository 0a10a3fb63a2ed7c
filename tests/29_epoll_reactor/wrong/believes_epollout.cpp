// Mistake: sends what is left over without MSG_DONTWAIT, since EPOLLOUT came
// Caught by: Robust.DoesNotWaitForRoomForAllOfIt
// Says: asleep in send
#include "29_epoll_reactor/rest.h"

namespace kata {

static bool has_room = false;

ssize_t sends(int fd, std::span<const std::byte> bytes)
{
    return ::send(fd, bytes.data(), bytes.size(), (has_room ? 0 : MSG_DONTWAIT) | MSG_NOSIGNAL);
}

std::uint32_t echo_turn(int fd, std::uint32_t events, std::vector<std::byte>& rest)
{
    has_room = (events & EPOLLOUT) != 0;
    return rest.empty() ? reads_and_answers(fd, rest) : answers(fd, rest, rest);
}

} // namespace kata
