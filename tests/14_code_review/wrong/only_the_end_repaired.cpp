// Mistake: repairs the end of the stream, and still takes a chunk for a message
// Caught by: Works.DeliversEachLineAsAMessage
// Says: expected  { "hello", "你好", "", "good night" }
#include "14_code_review/code_review.h"

#include "12_line_framing/line_framing.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// False when the client was aborted.
bool serve(int client, ChatStats& stats, const std::function<void(std::string_view)>& on_message)
{
    for (;;) {
        char buffer[1024];
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        const std::string_view message{buffer, static_cast<std::size_t>(n)};
        if (message.empty() || message == "1\n")
            return true;
        if (!is_utf8(message))
            return false;
        on_message(message);
        ++stats.messages;
    }
}

} // namespace

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    for (;;) {
        const UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client && errno == EINVAL)
            return stats;
        if (!client && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        if (!serve(client.get(), stats, on_message))
            ++stats.aborted;
    }
}

} // namespace kata
