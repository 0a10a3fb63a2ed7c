// Mistake: checks the bytes of each recv(), which may end inside a character
// Caught by: Robust.JoinsCharactersThatWereCut
// Says: came      {}
#include "14_code_review/code_review.h"

#include "12_line_framing/line_framing.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// False when the client was aborted.
bool serve(int client, ChatStats& stats, const std::function<void(std::string_view)>& on_message)
{
    std::string kept;
    for (;;) {
        char buffer[1024];
        const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        const std::string_view message{buffer, static_cast<std::size_t>(n)};
        if (n == 0 && !kept.empty() && kept != "1") {
            on_message(kept);
            ++stats.messages;
        }
        if (n == 0)
            return true;
        if (!is_utf8(message))
            return false;
        kept += message;
        for (std::size_t end = 0; (end = kept.find('\n')) != std::string::npos; kept.erase(0, end + 1)) {
            std::string line = kept.substr(0, end);
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            if (line == "1")
                return true;
            on_message(line);
            ++stats.messages;
        }
        if (kept.size() > max_message)
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
