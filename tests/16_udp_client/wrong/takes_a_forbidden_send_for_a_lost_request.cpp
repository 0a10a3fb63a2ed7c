// Mistake: a rule of this machine forbids the send (EPERM): waits for the answer to what was never sent
// Caught by: Robust.ThrowsWhatACallSays
// Says: expected  std::system_error with EPERM
#include "16_udp_client/rest.h"

namespace kata {

void transmit(int fd, const Bytes& request)
{
    ssize_t n = -1;
    do
        n = ::send(fd, request.data(), request.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno != EPERM)
        throw std::system_error{errno, std::generic_category(), "send"};
}

} // namespace kata
