// Mistake: sends without MSG_DONTWAIT on a blocking socket
// Caught by: Hostile.DoesNotWaitForOneWhoDoesNotRead
// Says: asleep in send
#include "29_epoll_reactor/rest.h"

namespace kata {

ssize_t sends(int fd, std::span<const std::byte> bytes) { return ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

} // namespace kata
