#pragma once

#include "01_socket/socket.h"

#include <cstddef>
#include <functional>
#include <string_view>

namespace kata {

struct ChatStats {
    std::size_t clients = 0;  // accepted
    std::size_t messages = 0; // given to on_message
    std::size_t aborted = 0;  // clients who ended by a reset or another error of their connection, by a line that is not UTF-8,
                              // the last one without its ending too, or by one that is too long
};

constexpr std::size_t max_message = 4096; // bytes, without the line's ending

// Serves the clients of `listener`, a blocking, listening TCP socket, one after another, and waits for each as long as it takes.
// A message is a line of UTF-8 that ends with "\n" or "\r\n"; a last line without an ending counts when the client has ended its
// stream. Each message goes to on_message, without its ending, as soon as it is complete. The line "1" is no message: it ends its
// client, and what stands behind it is thrown away. Every client who has ended is closed before the next is accepted.
//
// Returns when somebody shuts the listener down (shutdown(2); accept then fails with EINVAL), at the latest once the client of
// the moment has ended. What ended one connection only passes: ECONNABORTED, EPROTO and what accept(2), "Error handling", lists
// beside them, but for EOPNOTSUPP, which says that this is no TCP listener. Throws std::system_error with errno when accept(2)
// fails for good: EMFILE, ENFILE, ENOBUFS, ENOMEM too, for no client of this server holds what it lacks. An exception of
// on_message, of any type, passes through. Whatever the way out, the listener and the client are closed, and nothing is kept for
// the next run.
ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message);

} // namespace kata
