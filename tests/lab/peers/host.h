#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lab {

class Peer;
class Supervisor;

// Another machine, for a learner who connects: an address of loopback that the test holds from before run() to its end. Made
// by Learner::host(), refusing_host() and silent_host(); the diagram shows its name.
class Host {
public:
    Host(Supervisor& run, std::string name, int fd); // takes ownership of the bound socket `fd`
    Host(Host&& other) noexcept;
    Host(const Host&) = delete;
    Host& operator=(Host&&) = delete;
    ~Host();

    const std::string& address() const { return address_; } // "127.0.0.1:40123", "[::1]:40123"
    std::uint16_t port() const { return port_; }

    // Waits until the learner has connected, and plays this end of that connection. A peer without one when the learner ended
    // before.
    Peer accepts();
    // Of a silent host: takes the one that fills its queue. Nobody is told: the learner's kernel sends its SYN again when its own
    // timer says so, after about a second. Until somebody has come, time passes as the machine's does.
    void makes_room();
    void expects_nobody(const char* file = __builtin_FILE(), int line = __builtin_LINE()); // no connection waits for accepts()

private:
    friend class Learner;
    Supervisor* run_;
    std::string name_, address_; // kept: the learner asks in a process that does not have the descriptor
    std::uint16_t port_;
    int fd_;
    int filler_ = -1; // of a silent host: the connection that fills its queue
};

} // namespace lab
