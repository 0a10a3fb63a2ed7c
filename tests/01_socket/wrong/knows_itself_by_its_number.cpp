// Mistake: takes another owner of the same number for itself: both keep it
// Caught by: Robust.GivesAwayANumberThatTheOtherHas
// Says: for b, after a = std::move(b), where both owned it
#include "01_socket/socket.h"

namespace kata {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (fd_ != other.fd_)
        reset(other.release());
    return *this;
}

} // namespace kata
