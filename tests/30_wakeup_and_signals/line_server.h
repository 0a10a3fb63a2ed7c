#pragma once

#include "24_out_of_descriptors/out_of_descriptors.h"
#include "30_wakeup_and_signals/wakeup_and_signals.h"

#include <map>
#include <string>
#include <sys/socket.h>
#include <utility>

namespace kata {

// Given: a server on a loop. Each client sends one line and gets one answer, which may be found on another thread meanwhile. The
// loop lives longer than the server, and both live longer than whoever has a Reply.
class LineServer {
public:
    using Reply = std::function<void(std::string answer)>; // to be called once, on any thread
    using Work = std::function<void(std::string line, Reply reply)>;

    LineServer(Loop& loop, UniqueFd listener, Work work) : loop_{loop}, listener_{std::move(listener)}, work_{std::move(work)}
    {
        loop_.reactor().add(listener_.get(), EPOLLIN, [this](std::uint32_t) { welcomes(door_.next(0)); });
    }

    // Lets nobody new in, closes those who have not asked yet, and stops the loop when all others have their answers.
    void drain()
    {
        loop_.reactor().remove(listener_.get());
        listener_.reset();
        for (const auto& [fd, client] : asking_)
            loop_.reactor().remove(fd);
        asking_.clear();
        is_draining_ = true;
        stops_if_all_is_done();
    }

private:
    struct Client {
        UniqueFd fd{};
        std::string line{};
    };
    void welcomes(std::optional<Accepted> next)
    {
        if (!next)
            return;
        const int fd = next->fd.get();
        asking_[fd].fd = std::move(next->fd);
        loop_.reactor().add(fd, EPOLLIN, [this, fd](std::uint32_t) { hears(fd); });
    }
    void hears(int fd)
    {
        char piece[512];
        const ssize_t n = ::recv(fd, piece, sizeof piece, MSG_DONTWAIT);
        std::string& line = asking_[fd].line.append(piece, n > 0 ? static_cast<std::size_t>(n) : 0);
        const bool is_whole = line.ends_with('\n');
        if (n > 0 && !is_whole)
            return;
        loop_.reactor().remove(fd);
        const auto client = std::make_shared<Client>(std::move(asking_.extract(fd).mapped()));
        if (!is_whole)
            return; // it left
        ++in_flight_;
        work_(client->line, [this, client](const std::string& answer) {
            loop_.post([this, client, answer] { answers(client->fd.get(), answer); });
        });
    }
    void answers(int fd, const std::string& answer)
    {
        ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        ::shutdown(fd, SHUT_WR);
        --in_flight_;
        stops_if_all_is_done();
    }
    void stops_if_all_is_done()
    {
        if (is_draining_ && in_flight_ == 0)
            loop_.stop();
    }
    Loop& loop_;
    UniqueFd listener_;
    Acceptor door_{listener_.get()};
    const Work work_;
    std::map<int, Client> asking_{};
    int in_flight_ = 0;
    bool is_draining_ = false;
};

} // namespace kata
