// Mistake: takes the descriptor out of its owner before it knows whether anybody wants it
// Caught by: Robust.DropsWhatItRejects
// Says: ann receives the end of the stream
#include "20_serve_forever/rest.h"

namespace kata {

bool BaseServer::serve_one()
{
    std::optional<Incoming> request = get_request();
    if (!request)
        return false;
    const Endpoint client = request->client_address;
    const bool is_stream{request->connection};
    const int socket = is_stream ? request->connection.release() : fileno();
    try {
        if (!verify_request({socket, client, request->packet}))
            return true;
        if (is_stream)
            request->connection.reset(socket);
        process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
