// Mistake: the request that is looked at is static: the other server's takes its place, and closes its connection
// Caught by: Robust.ServesForTwoServersAtOnce
// Says: the client whose handler threw
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::serve_one()
{
    static std::optional<Incoming> request;
    request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    try {
        const int socket = request->connection ? request->connection.get() : fileno();
        if (verify_request({socket, client, request->packet}))
            process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    request->connection.reset();
    return true;
}

} // namespace kata
