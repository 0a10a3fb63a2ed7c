// Mistake: whatever keeps it from opening its reserve is called EMFILE
// Caught by: Robust.TellsWhyThereIsNoReserve
// Says: std::system_error with ENFILE
#include "24_out_of_descriptors/rest.h"

namespace kata {

Acceptor::Acceptor(int listen_fd) : listen_fd_{listen_fd}, reserve_{open_reserve(listen_fd)}
{
    if (!reserve_)
        throw std::system_error{EMFILE, std::generic_category(), "no descriptor in reserve"};
}

} // namespace kata
