// Mistake: makes an acceptor without a reserve where none is to be had
// Caught by: Robust.NeedsAReserveFromTheBeginning
// Says: EMFILE
#include "24_out_of_descriptors/rest.h"

namespace kata {

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)} {}

} // namespace kata
