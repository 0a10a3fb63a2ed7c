// Mistake: serves one client and calls itself for the next: the stack is as deep as the number of clients
// Caught by: Robust.ServesAnyNumberOfClients
// Says: deeper for each of 12 clients
#include "14_code_review/rest.h"

#include <utility>

namespace kata {

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    if (const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)}; client) {
        ++stats.clients;
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    } else if (errno == EINVAL) {
        return stats;
    } else if (!is_passing(errno)) {
        throw std::system_error{errno, std::generic_category(), "accept"};
    }
    const ChatStats others = run_line_server(std::move(listener), on_message);
    return {stats.clients + others.clients, stats.messages + others.messages, stats.aborted + others.aborted};
}

} // namespace kata
