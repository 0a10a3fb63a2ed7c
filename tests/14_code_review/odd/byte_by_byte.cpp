// Odd: reads one byte with each call and builds the line itself
#include "14_code_review/code_review.h"

#include "14_code_review/rest.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

// False when the client was aborted.
bool serve(int client, ChatStats& stats, const std::function<void(std::string_view)>& on_message)
{
    std::string line;
    for (;;) {
        char byte = 0;
        const ssize_t n = ::read(client, &byte, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 1 && byte != '\n') {
            line += byte;
            if (line.size() > max_message + 1 || (line.size() > max_message && byte != '\r'))
                return false;
            continue;
        }
        if (n == 0 && line.empty())
            return true;
        if (n == 1 && !line.empty() && line.back() == '\r')
            line.pop_back();
        if (line.size() > max_message || !is_utf8(line))
            return false;
        if (line == "1")
            return true;
        on_message(line);
        ++stats.messages;
        if (n == 0)
            return true;
        line.clear();
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
        if (!serve(client.get(), stats, on_message))
            ++stats.aborted;
    }
}

} // namespace kata
