// Odd: the move assignment ends the old owner and builds a new one in its place; open_socket moves twice
#include "01_socket/socket.h"

#include <cerrno>
#include <memory>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace kata {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept
{
    if (this == &other)
        return *this;
    std::destroy_at(this);
    return *std::construct_at(this, std::move(other));
}

UniqueFd open_socket(int family, int type)
{
    UniqueFd made{::socket(family, type | SOCK_CLOEXEC, 0)}, kept;
    if (made.get() == -1)
        throw std::system_error{std::make_error_code(static_cast<std::errc>(errno))};
    kept = std::move(made);
    return UniqueFd{std::move(kept)};
}

} // namespace kata
