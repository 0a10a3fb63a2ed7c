#include "28_poll_chat/poll_chat.h"

#include "05_accept/accept.h"
#include "client.h"

#include <array>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kata {

namespace {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

struct Chat {
    const int listen_fd, stop_fd;
    const ChatLimits& limits;
    ChatLog& log;
    std::vector<Client> clients{};
    std::vector<pollfd> table{}; // a member, so that a turn needs no memory
    std::array<char, 16384> room{};
    bool rests = false; // accept() lacks something. The listener could be read all the time, so nobody asks

    // False when the chat is over. Whoever goes is marked, and removed last: then table[2 + i] is clients[i] for the whole turn.
    bool turn()
    {
        table.assign({{stop_fd, POLLIN, 0}, {rests ? -1 : listen_fd, POLLIN, 0}});
        for (const Client& client : clients)
            table.push_back({client.fd.get(), client.events(), 0});
        if (::poll(table.data(), table.size(), rests ? 50 : -1) < 0) {
            if (errno == EINTR) {
                rests = false; // or signals that come often would put off the next try for ever
                return true;
            }
            throw std::system_error{errno, std::generic_category(), "poll"};
        }
        if (table[0].revents != 0)
            return false;
        for (std::size_t i = 0; i < clients.size(); ++i)
            if ((table[2 + i].revents & ~POLLOUT) != 0)
                cut(clients[i].receive(room), clients[i]);
        if (std::exchange(rests, false) || table[1].revents != 0)
            admit();
        for (Client& client : clients)
            client.flush();
        std::erase_if(clients, [this](const Client& client) {
            if (client.gone)
                log.left(client.address, *client.gone);
            return client.gone.has_value();
        });
        return true;
    }

    void cut(std::string_view bytes, Client& from)
    {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            from.line += bytes.substr(0, end);
            if (from.line.size() > limits.max_line)
                return from.goes(Left::too_long);
            if (end == std::string_view::npos)
                return;
            tell_others(from, std::exchange(from.line, {}) + '\n');
            bytes.remove_prefix(end + 1);
        }
    }

    // What is said in a turn is sent together at its end. Only a queue that grows too long is tried before, and judged then.
    void tell_others(const Client& from, const std::string& line)
    {
        for (Client& client : clients) {
            if (&client == &from || client.gone)
                continue;
            client.waiting += line;
            if (client.waiting.size() > limits.max_queue)
                client.flush();
            if (client.waiting.size() > limits.max_queue)
                client.goes(Left::too_slow);
        }
    }

    void admit()
    try {
        while (std::optional<Accepted> client = accept_one(listen_fd))
            clients.push_back({std::move(client->fd), client->peer});
    } catch (const std::system_error& e) {
        if (!is_shortage(e.code().value()))
            throw;
        rests = true;
        for (Client& client : clients)
            if (client.has_ended)
                client.goes(Left::ended);
    }
};

} // namespace

void chat_server(int listen_fd, int stop_fd, const ChatLimits& limits, ChatLog& log)
{
    Chat chat{listen_fd, stop_fd, limits, log};
    while (chat.turn()) {
    }
}

} // namespace kata
