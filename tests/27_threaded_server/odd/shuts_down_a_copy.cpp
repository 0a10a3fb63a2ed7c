// Odd: each thread owns its connection alone; the server keeps copies of the descriptors, made by dup(), and shuts these down
#include "27_threaded_server/rest.h"

#include <fcntl.h>

namespace kata {

void begin(Parts& m, Accepted client)
{
    const Lock lock{m.mutex};
    UniqueFd copy{::fcntl(client.fd.get(), F_DUPFD_CLOEXEC, 0)};
    const Mine mine = m.open.insert(m.open.end(), Connection{std::move(copy), client.peer});
    try {
        mine->thread = std::thread{[&m, mine, own = std::move(client.fd)]() mutable {
            bool was_served = true;
            try {
                m.handler(own.get(), mine->peer);
            } catch (...) {
                was_served = false;
            }
            own.reset();
            is_over(m, mine, was_served);
        }};
    } catch (const std::system_error&) {
        m.open.erase(mine);
        ++m.failed;
    }
}

} // namespace kata
