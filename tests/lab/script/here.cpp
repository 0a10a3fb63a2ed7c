#include "lab/script/here.h"

#include "lab/peers/wiring.h"

#include <fstream>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace lab {

bool has_address(std::string_view ip)
{
    try {
        ::close(wiring::bound_socket(ip, SOCK_STREAM, false));
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

bool has_ipv6_loopback() { return has_address("::1"); }

long kernel_setting(const std::string& name)
{
    long value = -1;
    std::ifstream{"/proc/sys/" + name} >> value;
    return value;
}

std::string private_loopback()
{
    const auto process = static_cast<unsigned>(::getpid());
    return "127." + std::to_string(64 + process / 65536 % 64) + "." + std::to_string(process / 256 % 256) + "." +
           std::to_string(process % 256);
}

} // namespace lab
