#pragma once

// What the tests of this exercise share: a server on every address, and the two calls under test by their names.
#include "01_socket/socket.h"
#include "17_udp_reply_source/udp_reply_source.h"
#include "lab/lab.h"

#include <sys/socket.h>

inline kata::UniqueFd every_address()
{
    kata::UniqueFd fd = kata::open_socket(AF_INET, SOCK_DGRAM);
    lab::calls("enable_pktinfo()", [&] { kata::enable_pktinfo(fd.get()); });
    const kata::Endpoint where = kata::parse_endpoint("0.0.0.0:0");
    EXPECT_EQ(0, ::bind(fd.get(), where.address(), where.size));
    return fd;
}

inline kata::Datagram takes(int fd, std::size_t cap)
{
    return lab::calls("recv_datagram(cap " + std::to_string(cap) + ")", [&] { return kata::recv_datagram(fd, cap); });
}

inline void replies(int fd, in_addr local, const kata::Endpoint& to, std::span<const std::byte> data)
{
    lab::calls("reply_from(" + std::to_string(data.size()) + " bytes)", [&] { kata::reply_from(fd, local, to, data); });
}

inline void answers(int fd, const kata::Datagram& question) { replies(fd, question.local, question.from, question.data); }
inline void serves_one(int fd) { answers(fd, takes(fd, 13)); }
inline void serves()
{
    for (const kata::UniqueFd server = every_address();;)
        serves_one(server.get());
}
