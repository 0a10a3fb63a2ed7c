// Mistake: passes over what accept() says of a listener that is none any more
// Caught by: Robust.EndsWhenNobodyCanComeAnyMore
// Says: busy loop
#include "28_poll_chat/rest.h"

namespace kata {

std::optional<Accepted> next_client(const Chat& chat)
try {
    return accept_one(chat.listen_fd);
} catch (const std::system_error& e) {
    if (is_shortage(e.code().value()))
        throw;
    return std::nullopt;
}

} // namespace kata
