// Mistake: connects to the family, the address and the port of the server, and forgets the interface of a link-local one
// Caught by: Robust.AsksAServerBehindAnInterface
// Says: connect: Invalid argument
#include "16_udp_client/rest.h"

namespace kata {

UdpClient::UdpClient(const Endpoint& server) : socket_{open_socket(server.family(), SOCK_DGRAM)}
{
    Endpoint to = server;
    if (server.family() == AF_INET6) {
        const auto& in6 = reinterpret_cast<const sockaddr_in6&>(server.storage);
        sockaddr_in6 clean{};
        clean.sin6_family = AF_INET6;
        clean.sin6_port = in6.sin6_port;
        clean.sin6_addr = in6.sin6_addr;
        reinterpret_cast<sockaddr_in6&>(to.storage) = clean;
    }
    if (::connect(socket_.get(), to.address(), to.size) < 0)
        throw std::system_error{errno, std::generic_category(), "connect"};
}

} // namespace kata
