#pragma once

#include "24_out_of_descriptors/out_of_descriptors.h"
#include "29_epoll_reactor/epoll_reactor.h"

#include <deque>
#include <system_error>
#include <utility>

namespace kata {

// Given: echoes in the turns of `reactor`, as long as it lives. What fails at a client ends that one; who comes when no
// descriptor is left is shed (24).
class EchoServer {
public:
    EchoServer(Reactor& reactor, int listen_fd) : reactor_{reactor}, door_{listen_fd}
    {
        reactor.add(listen_fd, EPOLLIN, [this](std::uint32_t) { welcome(door_.next(0)); });
    }

private:
    struct Client {
        UniqueFd fd{};
        std::uint32_t waits_for = EPOLLIN;
        std::vector<std::byte> rest{};
    };
    void welcome(std::optional<Accepted> next)
    try {
        if (!next)
            return;
        const auto number = static_cast<std::size_t>(next->fd.get());
        while (by_number_.size() <= number)
            by_number_.emplace_back();
        Client& client = by_number_[number]; // in a deque it stays where it is
        reactor_.add(next->fd.get(), EPOLLIN, [this, &client](std::uint32_t events) { serve(client, events); });
        client.fd = std::move(next->fd);
    } catch (const std::system_error&) { // the connection dies with `next`
    }
    void serve(Client& client, std::uint32_t events)
    {
        const std::uint32_t next = echo_turn(client.fd.get(), events, client.rest);
        if (next == std::exchange(client.waits_for, next))
            return;
        try {
            if (next != 0)
                return reactor_.modify(client.fd.get(), next);
        } catch (const std::system_error&) {
        }
        reactor_.remove(client.fd.get());
        client = Client{};
    }
    Reactor& reactor_;
    Acceptor door_;
    std::deque<Client> by_number_{}; // of their descriptors
};

} // namespace kata
