// The port that a socket gets when it is bound to port 0.
#include "lab/lab.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

// Bound to port 0 and the wildcard address of this family alone.
int binds_anywhere(int family, sockaddr_in6& name)
{
    const int fd = ::socket(family, SOCK_STREAM, 0), on = 1;
    name = {};
    name.sin6_family = static_cast<sa_family_t>(family);
    socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof name;
    if (family == AF_INET6)
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    EXPECT_EQ(0, ::bind(fd, reinterpret_cast<const sockaddr*>(&name), size));
    EXPECT_EQ(0, ::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size));
    return fd;
}

} // namespace

// One IPv4 port in about 30 that the kernel would choose is taken: without this care 300 binds would meet one of them.
TEST(Recorder, GivesAPortThatBothFamiliesHave)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    sockaddr_in6 name;
    std::vector<int> taken(500);
    for (int& fd : taken)
        fd = binds_anywhere(AF_INET, name);
    Learner you;
    you.run([&name] {
        for (int i = 0; i < 300; ++i) {
            const int ipv6 = binds_anywhere(AF_INET6, name), ipv4 = ::socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in twin{};
            twin.sin_family = AF_INET;
            twin.sin_port = name.sin6_port;
            EXPECT_EQ(0, ::bind(ipv4, reinterpret_cast<const sockaddr*>(&twin), sizeof twin)) << "port " << ntohs(twin.sin_port);
            ::close(ipv4);
            ::close(ipv6);
        }
    });
    you.finishes();
    for (const int fd : taken)
        ::close(fd);
}
