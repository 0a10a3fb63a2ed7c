#include "network.h"

#include <csignal>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/wait.h>

namespace questions {
namespace {

// One wish to the process inside: a socket, or a file of /proc/sys/net, which shows everybody his own network.
struct Wish {
    int domain, type, protocol;
    char file[100]; // "": a socket
};

// What it answers: an errno, and with 0 a descriptor (unix(7), SCM_RIGHTS).
union Control {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

msghdr message_of(iovec& bytes, Control& control, std::size_t size)
{
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = size == 0 ? nullptr : control.bytes;
    message.msg_controllen = size;
    return message;
}

// The life of the process inside. It was not made by fork(), so it calls nothing but the kernel; it keeps no descriptor of the
// proof's, or a close() there would end nothing.
[[noreturn]] void fulfils_wishes(int line, pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int fd = 0; fd < FD_SETSIZE; ++fd)
        if (fd != line)
            ::syscall(SYS_close, fd);
    if (::getppid() == parent)
        for (Wish wish; ::recv(line, &wish, sizeof wish, 0) == sizeof wish;) {
            const int fd = wish.file[0] != '\0' ? ::open(wish.file, O_WRONLY | O_CLOEXEC)
                                                : ::socket(wish.domain, wish.type | SOCK_CLOEXEC, wish.protocol);
            int error = fd < 0 ? errno : 0;
            iovec bytes{&error, sizeof error};
            Control control{};
            const msghdr message = message_of(bytes, control, fd < 0 ? 0 : sizeof control);
            if (fd >= 0) {
                control.header.cmsg_level = SOL_SOCKET;
                control.header.cmsg_type = SCM_RIGHTS;
                control.header.cmsg_len = CMSG_LEN(sizeof fd);
                *reinterpret_cast<int*>(CMSG_DATA(&control.header)) = fd;
            }
            ::sendmsg(line, &message, MSG_NOSIGNAL);
            ::syscall(SYS_close, fd);
        }
    ::syscall(SYS_exit_group, 0);
    __builtin_unreachable();
}

ifreq loopback()
{
    ifreq request{};
    request.ifr_name[0] = 'l', request.ifr_name[1] = 'o';
    return request;
}

} // namespace

Network::Network(Settings settings)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        why_not_ = "no socketpair(): " + lab::errno_name(errno);
        return;
    }
    line_ = Fd{ends[0]};
    const Fd others{ends[1]};
    // Not fork() and unshare(2), which refuses a new user namespace to a process with threads, such as a sanitizer's own.
    const pid_t parent = ::getpid();
    inside_ =
        static_cast<pid_t>(::syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNET | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (inside_ == 0)
        fulfils_wishes(ends[1], parent);
    if (inside_ < 0) {
        why_not_ = "this machine lets nobody have a network of his own (" + lab::errno_name(errno) +
                   "): user.max_user_namespaces, kernel.unprivileged_userns_clone, or the rules of a container";
        return;
    }
    ifreq request = loopback();
    request.ifr_flags = IFF_UP;
    // What every proof may need is tried now: with a rule such as AppArmor's, the network is there and nothing in it is allowed.
    if (const Fd any = asks_for(AF_INET, SOCK_DGRAM, 0, ""), wire = asks_for(AF_PACKET, SOCK_DGRAM, 0, ""),
        setting = asks_for(0, 0, 0, "/proc/sys/net/ipv4/ip_local_port_range");
        any.get() < 0 || wire.get() < 0 || setting.get() < 0 || ::ioctl(any.get(), SIOCSIFFLAGS, &request) < 0)
        why_not_ = "a network of one's own is of no use here, nothing may be set or seen in it (" + lab::errno_name(errno) +
                   "): kernel.apparmor_restrict_unprivileged_userns, or the rules of a container";
    for (const auto& [setting, value] : settings)
        if (why_not_.empty() && !sets(setting, value))
            why_not_ = std::string{"net/"} + setting + " cannot be set here: " + lab::errno_name(errno);
}

Network::~Network()
{
    if (inside_ > 0) {
        ::kill(inside_, SIGKILL);
        ::waitpid(inside_, nullptr, 0);
    }
}

Fd Network::asks_for(int domain, int type, int protocol, const std::string& file) const
{
    Wish wish{domain, type, protocol, {}};
    file.copy(wish.file, sizeof wish.file - 1);
    int error = EPIPE;
    iovec bytes{&error, sizeof error};
    Control control{};
    msghdr message = message_of(bytes, control, sizeof control);
    if (::send(line_.get(), &wish, sizeof wish, MSG_NOSIGNAL) < 0 || ::recvmsg(line_.get(), &message, MSG_CMSG_CLOEXEC) <= 0 ||
        error != 0 || message.msg_controllen < CMSG_LEN(sizeof(int))) {
        errno = error;
        return Fd{};
    }
    return Fd{*reinterpret_cast<const int*>(CMSG_DATA(&control.header))};
}

Fd Network::socket(int domain, int type, int protocol) const
{
    Fd fd = asks_for(domain, type, protocol, "");
    if (fd.get() < 0)
        ADD_FAILURE() << "no socket(" << domain << ", " << type << ", " << protocol
                      << ") in the network: " << lab::errno_name(errno);
    return fd;
}

Fd Network::bound(int type, std::string_view ip) const
{
    Fd fd = socket(AF_INET, type);
    const wiring::Name any_port = wiring::name_of(ip, 0);
    EXPECT_EQ(0, ::bind(fd.get(), any_port.get(), any_port.size));
    return fd;
}

Fd Network::listener(int backlog) const
{
    Fd fd = bound();
    EXPECT_EQ(0, ::listen(fd.get(), backlog));
    return fd;
}

Fd Network::knocks_at(const wiring::Name& there) const
{
    Fd client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    ::connect(client.get(), there.get(), there.size);
    return client;
}

Fd Network::connects_to(const Fd& listener) const
{
    const wiring::Name there = wiring::own_name(listener.get());
    Fd client = socket(AF_INET, SOCK_STREAM);
    EXPECT_EQ(0, ::connect(client.get(), there.get(), there.size));
    return client;
}

Pair Network::pair() const
{
    const Fd door = listener(1);
    Fd client = connects_to(door);
    return {std::move(client), accepted_from(door)};
}

bool Network::sets(const std::string& setting, const std::string& value) const
{
    const Fd file = asks_for(0, 0, 0, "/proc/sys/net/" + setting);
    return file.get() >= 0 && ::write(file.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

bool Network::has_mtu(int bytes) const
{
    ifreq request = loopback();
    request.ifr_mtu = bytes;
    return ::ioctl(socket(AF_INET, SOCK_DGRAM).get(), SIOCSIFMTU, &request) == 0;
}

bool Network::cuts_segments_itself() const
{
    bool all = true;
    for (const unsigned what : {ETHTOOL_STSO + 0u, ETHTOOL_SGSO + 0u}) { // ethtool(8), -K lo tso off gso off
        ethtool_value off{what, 0};
        ifreq request = loopback();
        request.ifr_data = reinterpret_cast<char*>(&off);
        all = ::ioctl(socket(AF_INET, SOCK_DGRAM).get(), SIOCETHTOOL, &request) == 0 && all;
    }
    return all;
}

long Network::counted(const std::string& name) const
{
    const long value = counted_in(file("netstat"), name);
    return value >= 0 ? value : counted_in(file("snmp"), name);
}

int Network::state(std::uint16_t local, std::uint16_t remote) const { return state_in(file("tcp"), local, remote); }

int Network::how_many_in(int state) const
{
    int sum = 0;
    for_each_connection(file("tcp"), [&](unsigned, unsigned, int its) { sum += its == state; });
    return sum;
}

} // namespace questions
