// Mistake: keeps the number in sixteen bits: 65536 becomes 0
// Caught by: Robust.TakesAnyNumber
// Says: bob gets no answer
#include "04_listen/listen.h"

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    const auto room = static_cast<std::uint16_t>(backlog);
    if (::listen(bound_fd, room) < 0)
        throw std::system_error{errno, std::generic_category(), "listen"};
}

} // namespace kata
