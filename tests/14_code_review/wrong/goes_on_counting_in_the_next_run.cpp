// Mistake: the counts are one for all runs of a thread, and only an exception clears them
// Caught by: Robust.BeginsAnewAfterAnException
// Says: the clients and messages of a third run
#include "14_code_review/rest.h"

namespace kata {

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    static thread_local ChatStats stats;
    for (;;) {
        const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno == EINVAL)
            return stats;
        if (!client && is_passing(errno))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        try {
            stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
        } catch (...) {
            stats = {};
            throw;
        }
    }
}

} // namespace kata
