// Mistake: cuts "::ffff:" off the text, whatever follows
// Caught by: Robust.LeavesEveryOtherAddressAsItIs
// Says: expected
#include "25_dual_stack/rest.h"

namespace kata {

bool is_mapped(const in6_addr& address)
{
    char text[INET6_ADDRSTRLEN] = "";
    ::inet_ntop(AF_INET6, &address, text, sizeof text);
    return std::string_view{text}.starts_with("::ffff:");
}

} // namespace kata
