#pragma once

#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "05_accept/accept.h"
#include "15_udp_server/udp_server.h"
#include "19_request_handlers/request_handlers.h"
#include "20_serve_forever/threading_mix_in.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace kata {

// The servers that stand on BaseServer; all of this is given. Yours is derived from one of them, and says in handle_error() where
// errors go: struct Mine : TcpServer. Then: Mine server{parse_endpoint("127.0.0.1:8080"), make_handler<Echo>};
class TcpServer : public BaseServer {
public:
    TcpServer(const Endpoint& where, MakeHandler make) : BaseServer{bind_tcp(where).fd, make}
    {
        listen_on(fileno());
        ::fcntl(fileno(), F_SETFL, O_NONBLOCK); // a client may be gone between poll() and accept() (accept(2), NOTES)
    }

protected:
    std::optional<Incoming> get_request() override
    {
        std::optional<Accepted> client = accept_one(fileno());
        return client ? std::optional{Incoming{client->peer, std::move(client->fd)}} : std::nullopt;
    }
    void finish_request(Incoming request) override
    {
        kata::process_request(std::move(request.connection), request.client_address, make_, *this);
    }
};

// Each request is a datagram, of any size. No connections: the handlers answer on the server's socket.
class UdpServer : public BaseServer {
public:
    UdpServer(const Endpoint& where, MakeHandler make) : BaseServer{udp_bind(where), make} {}

protected:
    std::optional<Incoming> get_request() override
    {
        Incoming r{{}, UniqueFd{}, std::vector<std::byte>(65536)};
        auto* const address = reinterpret_cast<sockaddr*>(&r.client_address.storage);
        r.client_address.size = sizeof r.client_address.storage;
        const ssize_t n = ::recvfrom(fileno(), r.packet.data(), r.packet.size(), MSG_DONTWAIT, address, &r.client_address.size);
        if (n < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED)) // the last: of an earlier answer (udp(7))
            return std::nullopt;
        if (n < 0)
            throw std::system_error{errno, std::generic_category(), "recvfrom"};
        r.packet.resize(static_cast<std::size_t>(n));
        return r;
    }
    void finish_request(Incoming r) override { process_datagram({fileno(), r.client_address, r.packet}, make_, *this); }
};

} // namespace kata
