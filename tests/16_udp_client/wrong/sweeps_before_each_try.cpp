// Mistake: throws away what stands in the socket before each try: an answer that comes just behind a wait is lost
// Caught by: Robust.TakesALateAnswerBehindTheNextTry
// Says: (no answer)
#include "16_udp_client/rest.h"

namespace kata {

void transmit(int fd, const Bytes& request)
{
    char old = 0;
    while (::recv(fd, &old, 1, MSG_DONTWAIT) >= 0)
        ;
    ssize_t n = -1;
    do
        n = ::send(fd, request.data(), request.size(), 0);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "send"};
}

} // namespace kata
