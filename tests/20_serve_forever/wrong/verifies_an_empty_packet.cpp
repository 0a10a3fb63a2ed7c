// Mistake: hands verify_request() no packet
// Caught by: Robust.ShowsTheRequestToVerify
// Says: open sesame
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
        if (verify_request({socket, client, {}}))
            process_request(std::move(*request));
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
