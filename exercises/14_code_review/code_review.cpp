// The server of an interview post, statement by statement, in C++. It compiles, and it works in the demo. Review it: find what
// breaks, in the order of the damage. Then repair it, or write it anew.
#include "14_code_review/code_review.h"

#include "14_code_review/utf8.h"

#include <cerrno>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace kata {

namespace {

constexpr std::size_t buffer_size = 1024;

// As the post's language does it: an error is an exception.
std::string receive(int con)
{
    char buffer[buffer_size];
    const ssize_t n = ::recv(con, buffer, sizeof buffer, 0); // as it is sent, so it is received
    if (n < 0)
        throw std::system_error{errno, std::generic_category(), "recv"};
    return {buffer, static_cast<std::size_t>(n)};
}

std::string decode(std::string bytes)
{
    if (!is_utf8(bytes))
        throw std::runtime_error{"not UTF-8"};
    return bytes;
}

} // namespace

ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
{
    ChatStats stats;
    bool running = true;
    while (running) {
        const int con = ::accept(listener.get(), nullptr, nullptr); // waits here, and listens on the port
        ++stats.clients;
        while (true) {
            try {
                const std::string msg = receive(con);
                if (decode(msg) == "1")
                    ::close(con); // the client says goodbye
                on_message(decode(msg));
                ++stats.messages;
            } catch (const std::exception&) {
                break;
            }
        }
    }
    listener.reset(); // close the server
    return stats;
}

} // namespace kata
