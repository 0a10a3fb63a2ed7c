#pragma once

// What the tests of send_all() share.
#include "07_send/send.h"

#include "lab/lab.h"

#include <cerrno>
#include <cstring>
#include <system_error>

// More than these buffers hold, so that the sender meets a full one again and again.
constexpr std::size_t much = 200'000;
constexpr lab::WireOptions blocking{.learner_send_buffer = 16384, .peer_receive_buffer = 16384};
constexpr lab::WireOptions nonblocking{.learner_send_buffer = 16384, .peer_receive_buffer = 16384, .nonblocking = true};

inline void sends_all(int fd, std::span<const std::byte> message)
{
    lab::calls("send_all(" + std::to_string(fd) + ", " + std::to_string(message.size()) + " bytes)",
               [&] { kata::send_all(fd, message); });
}

// For a peer that goes away in the middle. `reason`: the errno, where the kernel gives only one.
inline void must_fail(int fd, std::span<const std::byte> message, int reason = 0)
{
    try {
        sends_all(fd, message);
        ADD_FAILURE() << "send_all returned, as if the peer had not gone";
    } catch (const std::system_error& e) {
        const int came = e.code().value();
        if (reason != 0 ? came != reason : came != EPIPE && came != ECONNRESET)
            ADD_FAILURE() << "the reason is " << (reason != 0 ? ::strerrorname_np(reason) : "EPIPE or ECONNRESET")
                          << "; send_all threw: " << e.what();
    }
}
