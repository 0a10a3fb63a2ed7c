// Mistake: takes EPERM for the error of one connection, and tries again
// Caught by: Robust.ThrowsWhatDoesNotPass
// Says: expected  "EPERM"
#include "05_accept/rest.h"

namespace kata {

bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case EPERM:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET: return true;
    default: return false;
    }
}

} // namespace kata
