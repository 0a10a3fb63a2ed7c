#include "lab/script/here.h"

#include "lab/machine/proc.h"
#include "lab/peers/wiring.h"

#include <climits>
#include <fstream>
#include <malloc.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

extern "C" std::size_t __sanitizer_get_current_allocated_bytes() __attribute__((weak)); // it has an allocator of its own

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

long most_descriptors()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max > LONG_MAX ? LONG_MAX : static_cast<long>(limit.rlim_max);
}

long living_threads() { return static_cast<long>(proc::threads(::getpid()).size()); }

long stacks()
{
    constexpr std::size_t most = 100; // a mapping that is larger is a table of a sanitizer
    std::size_t size = 0;
    pthread_attr_t usual;
    ::pthread_getattr_default_np(&usual);
    ::pthread_attr_getstacksize(&usual, &size);
    ::pthread_attr_destroy(&usual);
    std::ifstream maps{"/proc/self/maps"};
    long found = 0;
    for (std::string line; std::getline(maps, line);) {
        const unsigned long begin = std::stoul(line, nullptr, 16);
        const unsigned long end = std::stoul(line.substr(line.find('-') + 1), nullptr, 16);
        const bool is_writable = line.find(" rw-p ") != std::string::npos;
        if (is_writable && end - begin < most * size) // from glibc 2.42 on, neighbours are one mapping
            found += static_cast<long>((end - begin) / size);
    }
    return found;
}

std::string private_loopback()
{
    const auto process = static_cast<unsigned>(::getpid());
    return "127." + std::to_string(64 + process / 65536 % 64) + "." + std::to_string(process / 256 % 256) + "." +
           std::to_string(process % 256);
}

std::size_t bytes_in_use()
{
    if (__sanitizer_get_current_allocated_bytes != nullptr)
        return __sanitizer_get_current_allocated_bytes();
    const struct mallinfo2 heap = ::mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

} // namespace lab
