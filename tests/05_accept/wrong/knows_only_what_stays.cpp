// Mistake: lists the errors that stay, and tries again after all others
// Caught by: Robust.ThrowsWhenThereIsNoListener
// Says: an endless loop
#include "05_accept/rest.h"

namespace kata {

bool is_passing(int error)
{
    switch (error) {
    case EBADF:
    case EINVAL:
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM: return false;
    default: return true;
    }
}

} // namespace kata
