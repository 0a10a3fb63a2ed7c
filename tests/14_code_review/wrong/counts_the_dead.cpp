// Mistake: counts a client before it looks what accept() said
// Caught by: Robust.CarriesOnAfterPassingErrors
// Says: the number of clients
#include "14_code_review/rest.h"

namespace kata {

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    for (;;) {
        const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno == EINVAL)
            return stats;
        ++stats.clients;
        if (!client && is_passing(errno))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    }
}

} // namespace kata
