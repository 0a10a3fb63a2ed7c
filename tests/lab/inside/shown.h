#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

// Learner::peers_are_called(): a link-local name for the peers of a learner, who are on this machine and have none (ipv6(7)).
namespace lab {

// After a call that filled an address in: ::1 becomes that name. `room`: what the learner's buffer had.
void shows_name(sockaddr* address, int room);

// What the kernel gets in place of an address that the learner gives: ::1 for that name.
class MeantName {
public:
    MeantName(const sockaddr* given, socklen_t size);
    const sockaddr* get() const { return is_other_ ? reinterpret_cast<const sockaddr*>(&meant_) : given_; }
    // Without its interface, or with another one, that name is nobody's.
    bool is_nobody() const { return is_nobody_; }

private:
    const sockaddr* given_;
    sockaddr_in6 meant_{};
    bool is_other_ = false, is_nobody_ = false;
};

} // namespace lab
