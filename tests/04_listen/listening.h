#pragma once

// What the tests of a listener say again and again.
#include "04_listen/listen.h"

#include "03_bind/bind.h"
#include "lab/lab.h"

#include <system_error>

namespace listening {

using namespace lab;

inline kata::Bound bound(std::string_view ip = "127.0.0.1")
{
    const std::string text{ip};
    return kata::bind_tcp(kata::parse_endpoint(text.find(':') == std::string::npos ? text + ":0" : "[" + text + "]:0"));
}

inline void listen_on(int fd, auto... backlog)
{
    const std::string what = ("listen_on(" + std::to_string(fd) + ... + (", backlog " + std::to_string(backlog)));
    calls(what + ")", [&] { kata::listen_on(fd, backlog...); });
}

// A server that listens and does not accept: what its clients see now is the work of the kernel alone.
inline void listens_only(auto... backlog)
{
    const kata::Bound server = bound();
    listen_on(server.fd.get(), backlog...);
    wait_for_the_test();
}

inline kata::UniqueFd accepts(const kata::Bound& server)
{
    kata::UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!client)
        throw std::system_error{errno, std::generic_category(), "the test's accept on your socket"};
    return client;
}

inline std::string reads(const kata::UniqueFd& client)
{
    char buffer[64];
    const ssize_t n = ::recv(client.get(), buffer, sizeof buffer, 0);
    return {buffer, n > 0 ? static_cast<std::size_t>(n) : 0};
}

inline Peer lets_in(Learner& you, const std::string& name, int line = __builtin_LINE(), const char* file = __builtin_FILE())
{
    Peer client = you.knock(name);
    client.expects_connection(file, line);
    return client;
}

inline long longest_queue() { return kernel_setting("net/core/somaxconn"); } // of this machine's kernel

} // namespace listening
