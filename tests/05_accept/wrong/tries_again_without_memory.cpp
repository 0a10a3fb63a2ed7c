// Mistake: tries again while the system is short of memory, in the hope that this passes
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: expected  "ENOBUFS"
#include "05_accept/rest.h"

namespace kata {

bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case ENOBUFS:
    case ENOMEM: return true;
    default: return false;
    }
}

} // namespace kata
