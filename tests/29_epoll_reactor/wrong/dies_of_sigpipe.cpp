// Mistake: sends without MSG_NOSIGNAL
// Caught by: Hostile.SurvivesThoseWhoReset
// Says: SIGPIPE
#include "29_epoll_reactor/rest.h"

namespace kata {

ssize_t sends(int fd, std::span<const std::byte> bytes) { return ::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT); }

} // namespace kata
