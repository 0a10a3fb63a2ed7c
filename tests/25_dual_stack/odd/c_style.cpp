// Odd: C style: one function makes either listener, SIOCGIFNAME asks for the name of an interface
#include "25_dual_stack/rest.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace kata {
static int make(int family, int v6only, uint16_t port, Bound* out)
{
    int one = 1, saved;
    sockaddr_in6 six;
    sockaddr_in four;
    memset(&six, 0, sizeof six);
    memset(&four, 0, sizeof four);
    six.sin6_family = AF_INET6;
    four.sin_family = AF_INET;
    six.sin6_port = four.sin_port = htons(port);
    const sockaddr* a = family == AF_INET6 ? (const sockaddr*)&six : (const sockaddr*)&four;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
    if (fd < 0)
        return errno == EAFNOSUPPORT && family == AF_INET6 ? -1 : errno;
    if ((family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, sizeof v6only) != 0) ||
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        bind(fd, a, family == AF_INET6 ? sizeof six : sizeof four) != 0 || listen(fd, SOMAXCONN) != 0)
        goto failed;
    out->local.size = sizeof out->local.storage;
    if (getsockname(fd, (sockaddr*)&out->local.storage, &out->local.size) != 0)
        goto failed;
    out->fd.reset(fd);
    return 0;
failed:
    saved = errno;
    close(fd);
    return saved;
}

[[noreturn]] static void die(int e) { throw std::system_error(e, std::system_category(), "listen"); }

Bound listen_dual(std::uint16_t port)
{
    Bound b;
    int e = make(AF_INET6, 0, port, &b);
    if (e == -1)
        e = make(AF_INET, 0, port, &b);
    if (e != 0)
        die(e);
    return b;
}

std::vector<Bound> listen_each(std::uint16_t port)
{
    int e = 0;
    for (int i = 0; i < 100; i++) {
        Bound six, four;
        std::vector<Bound> all;
        e = make(AF_INET6, 1, port, &six);
        if (e > 0)
            die(e);
        int had = e;
        e = make(AF_INET, 0, had == 0 ? six.local.port() : port, &four);
        if (e == 0) {
            if (had == 0)
                all.push_back(std::move(six));
            all.push_back(std::move(four));
            return all;
        }
        if (e != EADDRINUSE || port != 0)
            break;
    }
    die(e);
}

std::string canonical_ip(const Endpoint& endpoint)
{
    Endpoint e = canonical(endpoint);
    if (e.family() != AF_INET && e.family() != AF_INET6)
        throw std::invalid_argument("not an address");
    sockaddr_in6* s = (sockaddr_in6*)&e.storage;
    unsigned scope = 0;
    if (e.family() == AF_INET6) {
        scope = s->sin6_scope_id;
        s->sin6_scope_id = 0;
        if ((ntohl(s->sin6_addr.s6_addr32[0]) & 0xffc00000) != 0xfe800000)
            scope = 0;
    }
    char text[NI_MAXHOST];
    if (getnameinfo(e.address(), e.size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
        throw std::invalid_argument("not an address");
    std::string out = text;
    if (scope != 0) {
        ifreq r;
        memset(&r, 0, sizeof r);
        r.ifr_ifindex = (int)scope;
        int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
            die(errno);
        const int ok = ioctl(fd, SIOCGIFNAME, &r), saved = errno;
        close(fd);
        if (ok != 0 && saved != ENODEV && saved != ENXIO)
            die(saved);
        out += '%';
        out += ok == 0 ? std::string(r.ifr_name, strnlen(r.ifr_name, IFNAMSIZ)) : std::to_string(scope);
    }
    return out;
}
} // namespace kata
