// Mistake: tells of an exception with the address of the server
// Caught by: Robust.DropsWhatItRejects
// Says: (the server for its client)
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
        if (verify_request({socket, client, request->packet}))
            process_request(std::move(*request));
    } catch (...) {
        handle_error(server_address, std::current_exception());
    }
    return true;
}

} // namespace kata
