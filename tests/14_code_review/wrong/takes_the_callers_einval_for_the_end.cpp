// Mistake: takes an EINVAL of on_message for the end of the listener
// Caught by: Robust.LetsTheCallersExceptionThrough
// Says: came      "nothing: the function returned"
#include "14_code_review/code_review.h"

#include "05_accept/accept.h"
#include "12_line_framing/line_framing.h"
#include "14_code_review/utf8.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace kata {

namespace {

UniqueFd accept_client(int listener) { return std::move(accept_one(listener).value().fd); }

struct Next {
    std::optional<std::string> line;
    bool aborted = false;
};

Next next_of(LineReader& lines)
{
    try {
        std::optional<std::string> line = lines.next();
        if (!line || is_utf8(*line))
            return {std::move(line), false};
    } catch (const std::system_error&) {
    } catch (const std::length_error&) {
    }
    return {std::nullopt, true};
}

} // namespace

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    try {
        while (const UniqueFd client = accept_client(listener.get())) {
            ++stats.clients;
            LineReader lines{client.get(), max_message};
            for (;;) {
                const Next next = next_of(lines);
                stats.aborted += next.aborted ? 1 : 0;
                if (!next.line || *next.line == "1")
                    break;
                on_message(*next.line);
                ++stats.messages;
            }
        }
    } catch (const std::system_error& e) {
        if (e.code() != std::errc::invalid_argument)
            throw;
    }
    return stats;
}

} // namespace kata
