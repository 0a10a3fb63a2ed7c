// Mistake: chooses again when bind() says EADDRINUSE, and not when listen() does
// Caught by: Hostile.ChoosesAgainWhatIsFreeInOneFamilyOnly
// Says: listen: Address already in use
#include "25_dual_stack/rest.h"

namespace kata {

std::vector<Bound> binds_each_once(std::uint16_t port)
{
    UniqueFd fd = open_socket(AF_INET6, SOCK_STREAM);
    prepares(fd, true);
    binds(fd, every_address("[::]:", port));
    const Endpoint local = local_endpoint(fd.get());
    std::vector<Bound> servers;
    servers.push_back({std::move(fd), local});
    servers.push_back(bind_tcp(every_address("0.0.0.0:", local.port())));
    return servers;
}

std::vector<Bound> listen_each(std::uint16_t port)
{
    for (int tries = 16;; --tries)
        try {
            std::vector<Bound> servers = binds_each_once(port);
            tries = 1; // both have it
            for (const Bound& server : servers)
                listen_on(server.fd.get());
            return servers;
        } catch (const std::system_error& e) {
            if (port != 0 || e.code().value() != EADDRINUSE || tries == 1)
                throw;
        }
}

} // namespace kata
