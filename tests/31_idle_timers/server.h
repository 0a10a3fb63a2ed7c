#pragma once

// A server of one thread that uses IdleTimers as its contract means it. A client sends its head, a line; then it is echoed.
#include "loop.h"

#include "05_accept/accept.h"

#include <map>
#include <sys/socket.h>

namespace idle {

class Server {
public:
    Server(int listen_fd, const kata::IdleLimits& limits) : listen_fd_{listen_fd}, timers_{limits} {}

    // Until so many clients have come and gone.
    void serves(std::size_t clients)
    {
        while (gone_ < clients) {
            std::vector<pollfd> input{{timers_.fd(), POLLIN, 0}, {listen_fd_, POLLIN, 0}};
            for (const auto& client : clients_)
                input.push_back({client.first, POLLIN, 0});
            if (::poll(input.data(), input.size(), -1) < 0)
                continue;
            const Clock::time_point now = Clock::now();
            for (std::size_t i = 2; i < input.size(); ++i)
                if (input[i].revents != 0)
                    hears(input[i].fd, now);
            if (input[0].revents != 0)
                for (const int fd : due(now))
                    gone_ += clients_.erase(fd);
            if (input[1].revents != 0)
                takes_one(now);
        }
    }

private:
    void hears(int fd, Clock::time_point now)
    {
        char bytes[1024];
        const ssize_t n = ::recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0) {
            calls("remove(" + std::to_string(fd) + ")", [&] { timers_.remove(fd); });
            gone_ += clients_.erase(fd); // closes it: from here on the number is free
            return;
        }
        calls("touch(" + std::to_string(fd) + ", now)", [&] { timers_.touch(fd, now); });
        const std::string_view text{bytes, static_cast<std::size_t>(n)};
        if (text.find('\n') != text.npos)
            calls("got_head(" + std::to_string(fd) + ")", [&] { timers_.got_head(fd); });
        ::send(fd, bytes, text.size(), MSG_NOSIGNAL);
    }
    std::vector<int> due(Clock::time_point now)
    {
        std::vector<int> all;
        calls("expire(now)", [&] {
            all = timers_.expire(now);
            return idle::in_words(all);
        });
        return all;
    }
    void takes_one(Clock::time_point now)
    {
        kata::UniqueFd client = std::move(kata::accept_one(listen_fd_)->fd);
        const int fd = client.get();
        calls("add(" + std::to_string(fd) + ", now)", [&] { timers_.add(fd, now); });
        clients_[fd] = std::move(client);
    }

    int listen_fd_;
    kata::IdleTimers timers_;
    std::map<int, kata::UniqueFd> clients_;
    std::size_t gone_ = 0;
};

} // namespace idle
