// Mistake: drops the bad line and keeps the client
// Caught by: Hostile.ClosesAClientThatSpeaksNoUtf8
// Says: expected  ann receives the end of the connection (FIN or RST)
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
    LineReader lines{client, max_message};
    for (;;) {
        std::optional<std::string> line;
        try {
            line = lines.next();
        } catch (const std::system_error&) {
            return false;
        } catch (const std::length_error&) {
            return false;
        }
        if (!line || *line == "1")
            return true;
        if (!is_utf8(*line))
            continue;
        on_message(*line);
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
