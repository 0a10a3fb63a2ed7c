// Mistake: keeps what it owns when it is assigned an owner of nothing
// Caught by: Robust.OwningNothingIsNoSpecialCase
// Says: is closed after a = std::move(b), where a owned it and b owned nothing
#include "01_socket/socket.h"

namespace kata {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (other)
        reset(other.release());
    return *this;
}

} // namespace kata
