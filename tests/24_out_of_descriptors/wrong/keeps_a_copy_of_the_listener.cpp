// Mistake: takes a copy of the listener for its reserve: the port stays open
// Caught by: Robust.KeepsNothingOfTheListener
// Says: bob is refused (RST)
#include "24_out_of_descriptors/rest.h"

namespace kata {

UniqueFd open_reserve(int listen_fd) { return UniqueFd{::fcntl(listen_fd, F_DUPFD_CLOEXEC, 0)}; }

} // namespace kata
