#pragma once

#include <array>
#include <poll.h>
#include <vector>

namespace coach {

// A wire between two programs that speak UDP on 127.0.0.1. What it does to a datagram depends on its number in its direction and
// on nothing else: some are lost, some come twice, some have a byte changed. It swaps none. Not copied.
class Relay {
public:
    explicit Relay(int server_port); // throws std::system_error
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    int port() const { return port_; } // where the client finds the server
    bool step();                       // passes on what is there; false: nothing was
    void add_to(std::vector<pollfd>& sources) const;

private:
    struct Side {
        int fd = -1, count = 0;
    };
    bool pass(Side& from, const Side& to);

    std::array<Side, 2> sides_; // to the client, to the server
    int port_ = 0;
    bool knows_client_ = false;
};

} // namespace coach
