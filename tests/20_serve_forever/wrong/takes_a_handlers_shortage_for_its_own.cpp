// Mistake: takes an EMFILE that verify_request() throws for one of accept()
// Caught by: Robust.DropsWhatItRejects
// Says: came      "verify server: EMFILE served "
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
    } catch (const std::system_error& e) {
        if (is_shortage(e.code().value()))
            throw;
        handle_error(client, std::current_exception());
    } catch (...) {
        handle_error(client, std::current_exception());
    }
    return true;
}

} // namespace kata
