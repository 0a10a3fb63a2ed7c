#include "lab/words/socket_options.h"
#include "lab/words/describe.h"

#include <cstring>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace lab {

namespace {

struct NamedOption {
    long level, option;
    const char* name;
};

// The name of an option says its level, too.
constexpr NamedOption named_options[] = {
#define LAB_OPTION(level, name)                                                                                                  \
    {                                                                                                                            \
        level, name, #name                                                                                                       \
    }
    LAB_OPTION(SOL_SOCKET, SO_DEBUG),
    LAB_OPTION(SOL_SOCKET, SO_REUSEADDR),
    LAB_OPTION(SOL_SOCKET, SO_TYPE),
    LAB_OPTION(SOL_SOCKET, SO_ERROR),
    LAB_OPTION(SOL_SOCKET, SO_DONTROUTE),
    LAB_OPTION(SOL_SOCKET, SO_BROADCAST),
    LAB_OPTION(SOL_SOCKET, SO_SNDBUF),
    LAB_OPTION(SOL_SOCKET, SO_RCVBUF),
    LAB_OPTION(SOL_SOCKET, SO_SNDBUFFORCE),
    LAB_OPTION(SOL_SOCKET, SO_RCVBUFFORCE),
    LAB_OPTION(SOL_SOCKET, SO_KEEPALIVE),
    LAB_OPTION(SOL_SOCKET, SO_OOBINLINE),
    LAB_OPTION(SOL_SOCKET, SO_PRIORITY),
    LAB_OPTION(SOL_SOCKET, SO_LINGER),
    LAB_OPTION(SOL_SOCKET, SO_REUSEPORT),
    LAB_OPTION(SOL_SOCKET, SO_PASSCRED),
    LAB_OPTION(SOL_SOCKET, SO_PEERCRED),
    LAB_OPTION(SOL_SOCKET, SO_RCVLOWAT),
    LAB_OPTION(SOL_SOCKET, SO_SNDLOWAT),
    LAB_OPTION(SOL_SOCKET, SO_RCVTIMEO),
    LAB_OPTION(SOL_SOCKET, SO_SNDTIMEO),
    LAB_OPTION(SOL_SOCKET, SO_BINDTODEVICE),
    LAB_OPTION(SOL_SOCKET, SO_TIMESTAMP),
    LAB_OPTION(SOL_SOCKET, SO_TIMESTAMPNS),
    LAB_OPTION(SOL_SOCKET, SO_TIMESTAMPING),
    LAB_OPTION(SOL_SOCKET, SO_ACCEPTCONN),
    LAB_OPTION(SOL_SOCKET, SO_PEEK_OFF),
    LAB_OPTION(SOL_SOCKET, SO_MARK),
    LAB_OPTION(SOL_SOCKET, SO_PROTOCOL),
    LAB_OPTION(SOL_SOCKET, SO_DOMAIN),
    LAB_OPTION(SOL_SOCKET, SO_RXQ_OVFL),
    LAB_OPTION(SOL_SOCKET, SO_BUSY_POLL),
    LAB_OPTION(SOL_SOCKET, SO_INCOMING_CPU),
    LAB_OPTION(SOL_SOCKET, SO_ZEROCOPY),
    LAB_OPTION(IPPROTO_TCP, TCP_NODELAY),
    LAB_OPTION(IPPROTO_TCP, TCP_MAXSEG),
    LAB_OPTION(IPPROTO_TCP, TCP_CORK),
    LAB_OPTION(IPPROTO_TCP, TCP_KEEPIDLE),
    LAB_OPTION(IPPROTO_TCP, TCP_KEEPINTVL),
    LAB_OPTION(IPPROTO_TCP, TCP_KEEPCNT),
    LAB_OPTION(IPPROTO_TCP, TCP_SYNCNT),
    LAB_OPTION(IPPROTO_TCP, TCP_LINGER2),
    LAB_OPTION(IPPROTO_TCP, TCP_DEFER_ACCEPT),
    LAB_OPTION(IPPROTO_TCP, TCP_INFO),
    LAB_OPTION(IPPROTO_TCP, TCP_QUICKACK),
    LAB_OPTION(IPPROTO_TCP, TCP_USER_TIMEOUT),
    LAB_OPTION(IPPROTO_TCP, TCP_FASTOPEN),
    LAB_OPTION(IPPROTO_UDP, UDP_CORK),
    LAB_OPTION(IPPROTO_IP, IP_TOS),
    LAB_OPTION(IPPROTO_IP, IP_TTL),
    LAB_OPTION(IPPROTO_IP, IP_PKTINFO),
    LAB_OPTION(IPPROTO_IP, IP_RECVERR),
    LAB_OPTION(IPPROTO_IP, IP_RECVTTL),
    LAB_OPTION(IPPROTO_IP, IP_RECVTOS),
    LAB_OPTION(IPPROTO_IP, IP_MTU_DISCOVER),
    LAB_OPTION(IPPROTO_IP, IP_MTU),
    LAB_OPTION(IPPROTO_IP, IP_FREEBIND),
    LAB_OPTION(IPPROTO_IP, IP_TRANSPARENT),
    LAB_OPTION(IPPROTO_IP, IP_RECVORIGDSTADDR),
    LAB_OPTION(IPPROTO_IP, IP_MULTICAST_TTL),
    LAB_OPTION(IPPROTO_IP, IP_MULTICAST_LOOP),
    LAB_OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP),
    LAB_OPTION(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT),
    LAB_OPTION(IPPROTO_IPV6, IPV6_V6ONLY),
    LAB_OPTION(IPPROTO_IPV6, IPV6_RECVPKTINFO),
    LAB_OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS),
#undef LAB_OPTION
};

std::string level_text(long level)
{
    return level == SOL_SOCKET     ? "SOL_SOCKET"
           : level == IPPROTO_TCP  ? "IPPROTO_TCP"
           : level == IPPROTO_UDP  ? "IPPROTO_UDP"
           : level == IPPROTO_IP   ? "IPPROTO_IP"
           : level == IPPROTO_IPV6 ? "IPPROTO_IPV6"
                                   : "level " + std::to_string(level);
}

} // namespace

std::string option_text(long level, long option)
{
    for (const NamedOption& o : named_options)
        if (o.level == level && o.option == option)
            return o.name;
    return level_text(level) + ", " + std::to_string(option);
}

std::string option_value(const Event& e)
{
    linger close{};
    timeval time{};
    const bool of_socket = e.args[0] == SOL_SOCKET;
    if (of_socket && e.args[1] == SO_LINGER && e.head_size >= sizeof close) {
        std::memcpy(&close, e.head, sizeof close);
        return close.l_onoff == 0 ? "off" : "on, " + std::to_string(close.l_linger) + " s";
    }
    if (of_socket && (e.args[1] == SO_RCVTIMEO || e.args[1] == SO_SNDTIMEO) && e.head_size >= sizeof time) {
        std::memcpy(&time, e.head, sizeof time);
        return std::to_string(time.tv_sec * 1000 + time.tv_usec / 1000) + " ms";
    }
    if (of_socket && e.args[1] == SO_ERROR && e.call == Call::getsockopt)
        return e.args[2] == 0 ? "0" : errno_name(static_cast<int>(e.args[2]));
    if (of_socket && e.args[1] == SO_TYPE && e.call == Call::getsockopt)
        return type_text(e.args[2]);
    return std::to_string(e.args[2]);
}

} // namespace lab
