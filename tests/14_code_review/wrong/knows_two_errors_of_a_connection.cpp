// Mistake: passes over ECONNABORTED and EPROTO, and not over their neighbours in accept(2)
// Caught by: Robust.CarriesOnAfterPassingErrors
// Says: accept: Network is down
#include "14_code_review/rest.h"

namespace kata {

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    for (;;) {
        const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno == EINVAL)
            return stats;
        if (!client && (errno == EINTR || errno == ECONNABORTED || errno == EPROTO))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    }
}

} // namespace kata
