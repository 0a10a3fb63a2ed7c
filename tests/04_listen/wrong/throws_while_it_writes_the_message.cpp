// Mistake: names the address in the message: for a Unix socket that throws something else
// Caught by: Robust.SaysWhatCannotListen
// Says: came      "EAFNOSUPPORT"
#include "04_listen/listen.h"

#include "02_address/address.h"

#include <cerrno>
#include <system_error>

namespace kata {

void listen_on(int bound_fd, int backlog)
{
    if (::listen(bound_fd, backlog) < 0)
        throw std::system_error{errno, std::generic_category(), "listen on " + to_string(local_endpoint(bound_fd))};
}

} // namespace kata
