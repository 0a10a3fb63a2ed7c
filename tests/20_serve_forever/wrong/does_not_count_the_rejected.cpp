// Mistake: handle_request() waits on after a request that was rejected
// Caught by: Robust.CountsARejectedRequest
// Says: handle_request(1000) says that it served one
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const int socket = request->connection ? request->connection.get() : fileno();
    try {
        if (!verify_request({socket, client, request->packet}))
            return false;
        process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
