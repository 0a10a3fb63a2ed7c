// Odd: keeps an idle socket in reserve, and sheds with a reset
#include "24_out_of_descriptors/rest.h"

namespace kata {

bool Acceptor::shed_one()
{
    if (!reserve_)
        return false;
    reserve_.reset();
    bool shed = false;
    {
        const UniqueFd client = take_client(listen_fd_);
        const linger reset{1, 0};
        shed = static_cast<bool>(client);
        if (shed)
            ::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    }
    reserve_ = open_reserve(listen_fd_);
    shed_ += shed ? 1 : 0;
    return shed;
}

UniqueFd open_reserve(int /*listen_fd*/) { return UniqueFd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)}; }

} // namespace kata
