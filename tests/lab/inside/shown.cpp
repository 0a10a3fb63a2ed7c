// A link-local name for a peer that is on this machine.
#include "lab/inside/shown.h"

#include "lab/inside/recorder.h"

#include <cstring>

namespace lab {

namespace {

bool is_on() { return recording != nullptr && recording->shown_name.scope != 0; }

} // namespace

void shows_name(sockaddr* address, int room)
{
    sockaddr_in6 name{};
    if (!is_on() || address == nullptr || room < static_cast<int>(sizeof name) || address->sa_family != AF_INET6)
        return;
    std::memcpy(&name, address, sizeof name);
    if (IN6_IS_ADDR_LOOPBACK(&name.sin6_addr) == 0)
        return;
    std::memcpy(&name.sin6_addr, recording->shown_name.ip, sizeof name.sin6_addr);
    name.sin6_scope_id = recording->shown_name.scope;
    std::memcpy(address, &name, sizeof name);
}

MeantName::MeantName(const sockaddr* given, socklen_t size) : given_{given}
{
    if (!is_on() || given == nullptr || size < sizeof meant_ || given->sa_family != AF_INET6)
        return;
    std::memcpy(&meant_, given, sizeof meant_);
    if (std::memcmp(&meant_.sin6_addr, recording->shown_name.ip, sizeof meant_.sin6_addr) != 0)
        return;
    is_nobody_ = meant_.sin6_scope_id != recording->shown_name.scope;
    is_other_ = true;
    meant_.sin6_addr = in6addr_loopback;
    meant_.sin6_scope_id = 0;
}

} // namespace lab
