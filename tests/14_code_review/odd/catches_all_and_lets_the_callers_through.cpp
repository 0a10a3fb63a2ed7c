// Odd: one try block for all, with a note of whose exception it is
#include "14_code_review/code_review.h"

#include "12_line_framing/line_framing.h"
#include "14_code_review/rest.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// False when the client was aborted.
bool serve(int client, ChatStats& stats, const std::function<void(std::string_view)>& on_message)
{
    LineReader lines{client, max_message};
    bool is_the_callers = false;
    try {
        while (const std::optional<std::string> line = lines.next()) {
            if (*line == "1")
                return true;
            if (!is_utf8(*line))
                return false;
            is_the_callers = true;
            on_message(*line);
            is_the_callers = false;
            ++stats.messages;
        }
        return true;
    } catch (...) {
        if (is_the_callers)
            throw;
        return false;
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
        if (!client && is_passing(errno))
            continue;
        if (!client)
            throw std::system_error{errno, std::generic_category(), "accept"};
        ++stats.clients;
        stats.aborted += serve(client.get(), stats, on_message) ? 0 : 1;
    }
}

} // namespace kata
