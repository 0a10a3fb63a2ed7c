// Mistake: does not ask why it could not shed
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: EINVAL
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd take_client(int listen_fd) { return UniqueFd{::accept4(listen_fd, nullptr, nullptr, SOCK_CLOEXEC)}; }

} // namespace kata
