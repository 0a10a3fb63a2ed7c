// A chat, each function of which is weak: the answer that is linked with it may bring its own, and that one counts.
#include "28_poll_chat/rest.h"

#include <array>
#include <utility>

namespace kata {

[[gnu::weak]] short events_for(const Client& client)
{
    return static_cast<short>((client.has_ended ? 0 : POLLIN) | (client.waiting.empty() ? 0 : POLLOUT));
}

[[gnu::weak]] int waits(Chat& chat, int limit_ms) { return ::poll(chat.table.data(), chat.table.size(), limit_ms); }

[[gnu::weak]] bool may_be_heard(const Client&, short events) { return (events & ~POLLOUT) != 0; }

[[gnu::weak]] ssize_t takes(const Client& from, std::span<char> room)
{
    return ::recv(from.fd.get(), room.data(), room.size(), blocks_not);
}

[[gnu::weak]] ssize_t gives(Client& client)
{
    return ::send(client.fd.get(), client.waiting.data(), client.waiting.size(), blocks_not | MSG_NOSIGNAL);
}

[[gnu::weak]] void goes(Client& client, Left why)
{
    if (!client.gone)
        client.gone = why;
    client.waiting.clear();
}

[[gnu::weak]] void cannot_tell(Client& client, int error)
{
    if (client.has_ended || (error != ECONNRESET && error != EPIPE))
        return goes(client, client.has_ended ? Left::ended : Left::lost);
    client.was_reset = client.was_reset || error == ECONNRESET;
    client.waiting.clear(); // it may still be heard
}

[[gnu::weak]] void flushes(Client& client)
{
    while (!client.waiting.empty()) {
        const ssize_t n = gives(client);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0)
            return cannot_tell(client, errno);
        client.waiting.erase(0, static_cast<std::size_t>(n));
    }
}

[[gnu::weak]] void tells(const Chat& chat, Client& client, std::string_view line)
{
    client.waiting += line;
    flushes(client);
    if (client.waiting.size() > chat.limits.max_queue)
        goes(client, Left::too_slow);
}

[[gnu::weak]] void tells_others(Chat& chat, Client& from, std::string_view line)
{
    for (Client& client : chat.clients)
        if (&client != &from && !client.gone)
            tells(chat, client, line);
}

[[gnu::weak]] void cuts(Chat& chat, Client& from, std::string_view bytes)
{
    for (std::size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
        from.line += bytes.substr(0, end);
        if (from.line.size() > chat.limits.max_line)
            return goes(from, Left::too_long);
        tells_others(chat, from, std::exchange(from.line, {}) + '\n');
    }
    from.line += bytes;
    if (from.line.size() > chat.limits.max_line)
        goes(from, Left::too_long);
}

[[gnu::weak]] void hears(Chat& chat, Client& from)
{
    if (from.has_ended)
        return goes(from, Left::ended);
    std::array<char, 16384> room;
    const ssize_t n = takes(from, room);
    if (n > 0)
        return cuts(chat, from, {room.data(), static_cast<std::size_t>(n)});
    if (n == 0 ? from.was_reset : errno != EAGAIN && errno != EINTR)
        return goes(from, Left::lost);
    from.has_ended = n == 0;
    if (from.has_ended && !from.line.empty())
        cuts(chat, from, "\n");
}

[[gnu::weak]] std::optional<Accepted> next_client(const Chat& chat) { return accept_one(chat.listen_fd); }

[[gnu::weak]] bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

[[gnu::weak]] void makes_room(Chat& chat)
{
    for (Client& client : chat.clients)
        if (client.has_ended)
            goes(client, Left::ended);
}

[[gnu::weak]] void admits(Chat& chat)
try {
    while (std::optional<Accepted> client = next_client(chat))
        chat.clients.push_back({std::move(client->fd), client->peer});
} catch (const std::system_error& e) {
    if (!is_shortage(e.code().value()))
        throw;
    chat.rests = true;
    makes_room(chat);
}

[[gnu::weak]] void parts(Chat& chat)
{
    for (const Client& client : chat.clients)
        if (client.gone)
            chat.log.left(client.address, *client.gone);
    std::erase_if(chat.clients, [](const Client& client) { return client.gone.has_value(); });
}

[[gnu::weak]] bool turn(Chat& chat)
{
    chat.table.assign({{chat.stop_fd, POLLIN, 0}, {chat.rests ? -1 : chat.listen_fd, POLLIN, 0}});
    for (const Client& client : chat.clients)
        chat.table.push_back({client.fd.get(), events_for(client), 0});
    if (waits(chat, chat.rests ? 20 : -1) < 0) {
        if (errno != EINTR)
            throw std::system_error{errno, std::generic_category(), "poll"};
        chat.rests = false;
        return true;
    }
    if (chat.table[0].revents != 0)
        return false;
    for (std::size_t i = 0; i < chat.clients.size(); ++i) {
        if (may_be_heard(chat.clients[i], chat.table[2 + i].revents))
            hears(chat, chat.clients[i]);
        flushes(chat.clients[i]);
    }
    if (std::exchange(chat.rests, false) || chat.table[1].revents != 0)
        admits(chat);
    parts(chat);
    return true;
}

[[gnu::weak]] void chat_server(int listen_fd, int stop_fd, const ChatLimits& limits, ChatLog& log)
{
    Chat chat{listen_fd, stop_fd, limits, log};
    while (turn(chat)) {
    }
}

} // namespace kata
