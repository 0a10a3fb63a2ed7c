// Mistake: accepts with room for an IPv4 address: the log gets half of an IPv6 one
// Caught by: Robust.LetsGoWhoIsGone
// Says: it hears: [::]:
#include "28_poll_chat/rest.h"

namespace kata {

std::optional<Accepted> next_client(const Chat& chat)
{
    Accepted client;
    client.peer.size = sizeof(sockaddr_in);
    client.fd.reset(
        ::accept4(chat.listen_fd, reinterpret_cast<sockaddr*>(&client.peer.storage), &client.peer.size, SOCK_CLOEXEC));
    if (!client.fd)
        return accept_one(chat.listen_fd); // says why
    return client;
}

} // namespace kata
