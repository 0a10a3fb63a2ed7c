// Mistake: takes EOPNOTSUPP, which accept(2) lists as well, for one connection's error, and spins where there is no listener
// Caught by: Robust.ThrowsWhatIsNoShutdown
// Says: busy loop
#include "14_code_review/rest.h"

namespace kata {

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    for (;;) {
        const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno == EINVAL)
            return stats;
        if (!client && (is_passing(errno) || errno == EOPNOTSUPP))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    }
}

} // namespace kata
