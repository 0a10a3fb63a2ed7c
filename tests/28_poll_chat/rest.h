#pragma once

// The parts of a chat, for answers that write one of them themselves and take the others from rest.cpp.
#include "05_accept/accept.h"
#include "28_poll_chat/poll_chat.h"

#include <cerrno>
#include <optional>
#include <poll.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace kata {

struct Client {
    UniqueFd fd;
    Endpoint address;
    std::string line{}, waiting{};
    bool has_ended = false, was_reset = false;
    std::optional<Left> gone{};
};

struct Chat {
    const int listen_fd, stop_fd;
    const ChatLimits limits;
    ChatLog& log;
    std::vector<Client> clients{};
    std::vector<pollfd> table{}; // [2 + i] is clients[i]
    bool rests = false;
};

constexpr int blocks_not = MSG_DONTWAIT;

bool turn(Chat& chat); // one poll(), and all that it says; false: the end
int waits(Chat& chat, int limit_ms);
short events_for(const Client& client);
bool may_be_heard(const Client& client, short events);
void hears(Chat& chat, Client& from);
ssize_t takes(const Client& from, std::span<char> room);
void cuts(Chat& chat, Client& from, std::string_view bytes);
void tells_others(Chat& chat, Client& from, std::string_view line);
void tells(const Chat& chat, Client& client, std::string_view line);
void flushes(Client& client); // until its kernel takes no more
void cannot_tell(Client& client, int error);
ssize_t gives(Client& client);
void admits(Chat& chat);
std::optional<Accepted> next_client(const Chat& chat);
bool is_shortage(int error);
void makes_room(Chat& chat);
void goes(Client& client, Left why);
void parts(Chat& chat);

} // namespace kata
