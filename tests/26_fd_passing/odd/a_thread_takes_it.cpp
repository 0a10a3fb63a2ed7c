// Odd: another thread receives, and this one waits for it
#include "26_fd_passing/rest.h"

#include <thread>

namespace kata {

ssize_t receives(int wire, Letter& letter)
{
    ssize_t n = 0;
    int error = 0;
    std::thread{[&] {
        while ((n = ::recvmsg(wire, &letter.head, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
        }
        error = errno;
    }}.join();
    return n < 0 ? (fail(error, "recvmsg"), n) : n;
}

} // namespace kata
