// Mistake: copies the address with snprintf(), which cuts what is too long: the wrong end is gone
// Caught by: Robust.TakesFourDecimalNumbersAndNoLess
// Says: "255.255.255.2551:80" throws std::invalid_argument
#include "02_address/rest.h"

#include <cstdio>

namespace kata {

sockaddr_in parse_ipv4(const std::string& ip)
{
    char room[INET_ADDRSTRLEN];
    std::snprintf(room, sizeof room, "%s", ip.c_str());
    sockaddr_in in{};
    in.sin_family = AF_INET;
    if (::inet_pton(AF_INET, room, &in.sin_addr) != 1)
        reject();
    return in;
}

} // namespace kata
