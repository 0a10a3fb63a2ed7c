// Mistake: tries again after network errors, but not after those of the protocol
// Caught by: Robust.TriesAgainAfterADeadConnection
// Says: came      "EPROTO"
#include "05_accept/rest.h"

namespace kata {

bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET: return true;
    default: return false;
    }
}

} // namespace kata
