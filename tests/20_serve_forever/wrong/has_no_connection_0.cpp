// Mistake: takes descriptor 0 for no connection
// Caught by: Robust.ShowsTheConnectionToVerify
// Says: came      3
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const int socket = request->connection.get() > 0 ? request->connection.get() : fileno();
    try {
        if (verify_request({socket, client, request->packet}))
            process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
