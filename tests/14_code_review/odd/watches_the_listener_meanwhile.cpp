// Odd: waits for its client and for the shutdown of its listener at the same time, and leaves at once
#include "14_code_review/code_review.h"

#include "14_code_review/rest.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

namespace {

// False when the client was aborted.
bool serve(int listener, int client, ChatStats& stats, const std::function<void(std::string_view)>& on_message)
{
    std::string kept;
    for (;;) {
        for (std::size_t end = kept.find('\n'); end != std::string::npos; end = kept.find('\n')) {
            std::string line = kept.substr(0, end);
            kept.erase(0, end + 1);
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            if (line == "1")
                return true;
            if (line.size() > max_message || !is_utf8(line))
                return false;
            on_message(line);
            ++stats.messages;
        }
        if (kept.size() > max_message + (!kept.empty() && kept.back() == '\r' ? 1 : 0))
            return false;
        pollfd both[] = {{client, POLLIN, 0}, {listener, 0, 0}};
        ::poll(both, 2, -1);
        if ((both[1].revents & POLLHUP) != 0)
            return true; // what has come and is not complete is lost
        if (both[0].revents == 0)
            continue;
        char chunk[1024];
        const ssize_t n = ::recv(client, chunk, sizeof chunk, 0);
        if (n < 0 && errno != EINTR)
            return false;
        if (n == 0)
            break;
        kept.append(chunk, static_cast<std::size_t>(n > 0 ? n : 0));
    }
    if (kept.empty() || kept == "1")
        return true;
    if (kept.size() > max_message || !is_utf8(kept))
        return false;
    on_message(kept);
    ++stats.messages;
    return true;
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
        stats.aborted += serve(listener.get(), client.get(), stats, on_message) ? 0 : 1;
    }
}

} // namespace kata
