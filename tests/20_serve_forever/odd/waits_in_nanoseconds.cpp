// Odd: waits with ppoll() for exactly what is left
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::handle_request(int timeout_ms)
{
    using std::chrono::nanoseconds;
    const auto end = Clock::now() + std::chrono::milliseconds{timeout_ms};
    for (;;) {
        const auto left = std::max(nanoseconds{0}, nanoseconds{end - Clock::now()});
        const timespec limit{left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        pollfd socket{fileno(), POLLIN, 0};
        const int ready = ::ppoll(&socket, 1, timeout_ms < 0 ? nullptr : &limit, nullptr);
        if (ready == 0 || (ready > 0 && serve_one()))
            return ready > 0;
        if (ready < 0 && errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "ppoll"};
    }
}

} // namespace kata
