// Mistake: EPERM of accept() is only this client's: tries again at once, for ever
// Caught by: Robust.ThrowsWhatDoesNotPass
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
        if (!client && (is_passing(errno) || errno == EPERM))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    }
}

} // namespace kata
