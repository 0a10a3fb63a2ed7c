#include "coach/group/relay.h"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace coach {

namespace {

// Every 7th is lost, every 11th comes twice, every 13th is damaged; not the first ones of these rows, which fall together less.
bool is_lost(int number) { return number % 7 == 3; }
bool is_repeated(int number) { return number % 11 == 5; }
bool is_damaged(int number) { return number % 13 == 8; }

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void must(bool success, const char* what)
{
    if (!success)
        throw std::system_error{errno, std::generic_category(), what};
}

const sockaddr* plain(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

} // namespace

Relay::Relay(int server_port)
{
    for (Side& side : sides_)
        must((side.fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) >= 0, "socket");
    sockaddr_in address = loopback(0);
    must(::bind(sides_[0].fd, plain(address), sizeof address) == 0, "bind");
    socklen_t size = sizeof address;
    must(::getsockname(sides_[0].fd, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
    address = loopback(server_port);
    must(::connect(sides_[1].fd, plain(address), sizeof address) == 0, "connect");
}

Relay::~Relay()
{
    for (const Side& side : sides_)
        if (side.fd >= 0)
            ::close(side.fd);
}

bool Relay::step()
{
    const bool there = pass(sides_[0], sides_[1]);
    return pass(sides_[1], sides_[0]) || there;
}

bool Relay::pass(Side& from, const Side& to)
{
    char datagram[65536];
    sockaddr_in sender{};
    socklen_t size = sizeof sender;
    ssize_t n = 0;
    bool moved = false;
    while ((n = ::recvfrom(from.fd, datagram, sizeof datagram, 0, reinterpret_cast<sockaddr*>(&sender), &size)) >= 0) {
        moved = true;
        if (&from == &sides_[0] && !knows_client_) // the first one is the client: answers go to it
            knows_client_ = ::connect(from.fd, plain(sender), sizeof sender) == 0;
        const int number = from.count++;
        if (is_lost(number))
            continue;
        if (is_damaged(number) && n > 0)
            datagram[n - 1] = static_cast<char>(datagram[n - 1] ^ 1);
        for (int i = 0; i < (is_repeated(number) ? 2 : 1); ++i)
            moved = ::send(to.fd, datagram, static_cast<std::size_t>(n), 0) >= 0 || moved; // refused is lost
    }
    return moved;
}

void Relay::add_to(std::vector<pollfd>& sources) const
{
    for (const Side& side : sides_)
        sources.push_back({side.fd, POLLIN, 0});
}

} // namespace coach
