#pragma once

#include "20_serve_forever/serve_forever.h"

#include <utility>

namespace kata {

// A thread for each request: ThreadingMixIn<Mine>, where Mine is a TcpServer or a UdpServer. It comes first, as in Python: what
// it overrides must win, and its threads must end before the parts of Mine that they use. Mine : ThreadingMixIn<TcpServer> would
// die in the wrong order.
template <class Base>
class ThreadingMixIn : public Base {
public:
    using Base::Base;
    ~ThreadingMixIn() override { this->server_close(); }

protected:
    void process_request(Incoming request) override { this->start_thread(std::move(request)); }
};

} // namespace kata
