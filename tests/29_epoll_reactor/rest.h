#pragma once

// The parts of a correct answer, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "01_socket/socket.h"
#include "29_epoll_reactor/epoll_reactor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kata {

inline int checked(int result, const char* call)
{
    return result >= 0 ? result : throw std::system_error{errno, std::generic_category(), call};
}

UniqueFd epoll_of_its_own();

struct Reactor::Machinery {
    struct Watched {
        std::uint32_t id, asked;
        Callback callback;
    };
    UniqueFd epoll = epoll_of_its_own();
    std::unordered_map<int, Watched> watched{};
    std::vector<decltype(watched)::node_type> removed{};
    std::array<epoll_event, 64> batch{};
    std::size_t next = 0, end = 0;
    std::uint32_t last_id = 0;

    static int number_of(const epoll_event& event) { return static_cast<int>(event.data.u64 & UINT32_MAX); }

    void control(int operation, int fd, std::uint32_t events, std::uint32_t id) const;
    void forget(int fd);
    void fetch(int limit_ms);
    Watched* meant_by(const epoll_event& event); // null: not any more
    void tells(Watched& watched, std::uint32_t events);
    int call_those_who_are_left();
};

using Bytes = std::vector<std::byte>;

// What recv(2) and send(2) say, never waiting; -1 with errno.
ssize_t reads(int fd, std::span<std::byte> room);
ssize_t sends(int fd, std::span<const std::byte> bytes);
bool is_over(ssize_t n); // after reads()
std::uint32_t reads_and_answers(int fd, Bytes& rest);
std::uint32_t answers(int fd, std::span<const std::byte> bytes, Bytes& rest); // `bytes` may be those of `rest`

} // namespace kata
