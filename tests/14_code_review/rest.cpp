// Each function is weak: the answer that is linked with it may bring its own, and that one counts.
#include "14_code_review/rest.h"

namespace kata {

[[gnu::weak]] ssize_t receive_more(int client, std::string& kept)
{
    char chunk[2048];
    ssize_t n = -1;
    do
        n = ::recv(client, chunk, sizeof chunk, 0);
    while (n < 0 && errno == EINTR);
    kept.append(chunk, n > 0 ? static_cast<std::size_t>(n) : 0);
    return n;
}

[[gnu::weak]] bool is_too_long(const std::string& unfinished)
{
    return unfinished.size() - (unfinished.ends_with('\r') ? 1 : 0) > max_message;
}

[[gnu::weak]] Verdict take(const std::string& line, const Talk& talk)
{
    if (line.size() > max_message || !is_utf8(line))
        return Verdict::bad;
    if (line == "1")
        return Verdict::bye;
    talk.on_message(line);
    ++talk.stats.messages;
    return Verdict::more;
}

[[gnu::weak]] Verdict take_lines(std::string& kept, const Talk& talk)
{
    for (std::size_t end = 0; (end = kept.find('\n')) != std::string::npos;) {
        const std::string line = without_return(kept.substr(0, end));
        kept.erase(0, end + 1);
        if (const Verdict verdict = take(line, talk); verdict != Verdict::more)
            return verdict;
    }
    return is_too_long(kept) ? Verdict::bad : Verdict::more;
}

[[gnu::weak]] Verdict take_last(const std::string& kept, const Talk& talk)
{
    return kept.empty() ? Verdict::bye : take(kept, talk);
}

[[gnu::weak]] Verdict serve(int client, const Talk& talk)
{
    std::string kept;
    for (;;) {
        const ssize_t n = receive_more(client, kept);
        if (n < 0)
            return Verdict::bad;
        if (n == 0)
            return take_last(kept, talk);
        if (const Verdict verdict = take_lines(kept, talk); verdict != Verdict::more)
            return verdict;
    }
}

[[gnu::weak]] ChatStats run_line_server(UniqueFd listener, const std::function<void(std::string_view)>& on_message)
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
        stats.aborted += serve(client.get(), {stats, on_message}) == Verdict::bad ? 1 : 0;
    }
}

} // namespace kata
