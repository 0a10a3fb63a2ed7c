// Mistake: calls verify_request() outside of its try block
// Caught by: Robust.DropsWhatItRejects
// Says: by an exception that nobody caught
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const int socket = request->connection ? request->connection.get() : fileno();
    if (!verify_request({socket, client, request->packet}))
        return true;
    try {
        process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
