#include "26_fd_passing/fd_passing.h"

#include "kata.h"

namespace kata {

UniqueFd unix_listen(std::string_view /*name*/) { not_written(); }

ucred peer_credentials(int /*fd*/) { not_written(); }

void send_fd(int /*wire*/, UniqueFd&& /*fd*/, std::byte /*tag*/) { not_written(); }

std::optional<Passed> recv_fd(int /*wire*/) { not_written(); }

} // namespace kata
