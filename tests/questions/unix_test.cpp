// Q105 to Q108: Unix domain sockets.
#include "acts.h"

#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/un.h>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

struct UnixPair {
    explicit UnixPair(int type)
    {
        int fds[2];
        if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) == 0)
            one = Fd{fds[0]}, other = Fd{fds[1]};
    }
    Fd one, other;
};

// A path in the file system, or, when it begins with a zero byte, an abstract name.
wiring::Name unix_name(const std::string& path)
{
    wiring::Name name;
    auto* un = reinterpret_cast<sockaddr_un*>(&name.address);
    un->sun_family = AF_UNIX;
    std::memcpy(un->sun_path, path.data(), path.size());
    name.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (path[0] != '\0'));
    return name;
}

Fd unix_socket() { return Fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)}; }

int error_of_bind(const Fd& fd, const wiring::Name& name) { return ::bind(fd.get(), name.get(), name.size) == 0 ? 0 : errno; }
int error_of_connect(const Fd& fd, const wiring::Name& name)
{
    return ::connect(fd.get(), name.get(), name.size) == 0 ? 0 : errno;
}

// sendmsg() of `bytes` with a descriptor beside them.
ssize_t passes(int socket, std::string bytes, int descriptor)
{
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    iovec data{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

// The data of one recvmsg(), and the descriptor that came with it: -1 for none.
std::string takes(int socket, Fd& descriptor)
{
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    char bytes[100];
    iovec data{bytes, sizeof bytes};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t n = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); n >= 0 && header != nullptr; header = CMSG_NXTHDR(&message, header)) {
        int fd = -1;
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
            std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
        descriptor = Fd{fd};
    }
    return {bytes, static_cast<std::size_t>(std::max<ssize_t>(n, 0))};
}

} // namespace

// "They are the same" predicts equal results of the two writes.
// Convinced: with a TCP pair in both places the first comparison is red.
TEST(Q105, AUnixSocketRefusesTheFirstWrite)
{
    UnixPair local{SOCK_STREAM};
    local.other.close();
    EXPECT_EQ(-1, sends(local.one, "1"));
    EXPECT_EQ("EPIPE", lab::errno_name(errno));

    Pair tcp = tcp_pair();
    tcp.server.close();
    EXPECT_EQ("", gets(tcp.client)); // the FIN is there
    EXPECT_EQ(1, sends(tcp.client, "1"));
    EXPECT_NE(0, comes(tcp.client, 0)); // the answer to it: RST
    EXPECT_EQ(-1, sends(tcp.client, "2"));
    EXPECT_EQ("EPIPE", lab::errno_name(errno));
    observed("the peer closed; Unix: send() = -1 EPIPE; TCP: send() = 1, then -1 EPIPE");
}

// "Send the number as an int": in the other process the number means nothing.
// Convinced: with a dup2() to the same number in the body, the number means some other file there, and the proof is red.
TEST(Q106, ADescriptorTravelsAndANumberDoesNot)
{
    lab::Learner you;
    lab::Peer ann = you.unix_wire("ann");
    you.run([&] {
        Fd got;
        const std::string number = takes(you.fd(), got);
        EXPECT_EQ(-1, ::fcntl(std::stoi(number), F_GETFD)); // the sender's number
        EXPECT_EQ(EBADF, errno);
        ASSERT_GE(got.get(), 0);
        EXPECT_NE(number, std::to_string(got.get()));
        EXPECT_EQ(5, ::lseek(got.get(), 0, SEEK_CUR)); // the same open file, with its offset
        char rest[8];
        EXPECT_EQ(5, ::read(got.get(), rest, sizeof rest));
        EXPECT_EQ("world", std::string(rest, 5));
    });
    you.settles();
    const Fd opened{::memfd_create("file", MFD_CLOEXEC)};
    const Fd file{::fcntl(opened.get(), F_DUPFD_CLOEXEC, 40)}; // a number that the receiver has not
    EXPECT_EQ(10, ::write(file.get(), "helloworld", 10));
    EXPECT_EQ(5, ::lseek(file.get(), 5, SEEK_SET));
    const std::string number = std::to_string(file.get());
    EXPECT_EQ(2, passes(ann.fd(), number, file.get()));
    observed("offset 5 here; the receiver got another number with offset 5, and read \"world\"; the bare number " + number +
             " was EBADF there");
    you.finishes();
}

// Convinced: with one byte of data the message arrives and the proof is red.
TEST(Q106, WithoutDataNothingArrives)
{
    const UnixPair pair{SOCK_STREAM};
    EXPECT_EQ(0, passes(pair.one.get(), "", pair.one.get()));
    EXPECT_EQ("EAGAIN", finds(pair.other));
    observed("sendmsg() with SCM_RIGHTS and no data = 0; the receiver: EAGAIN");
}

// "bind() overwrites the file of the server that crashed" predicts that the second bind() works in both places.
// Convinced: with an unlink() after the close there is no error and the proof is red.
TEST(Q107, ThePathOutlivesTheServerAndAnAbstractNameDoesNot)
{
    std::string folder = std::filesystem::temp_directory_path() / "kata_XXXXXX";
    ASSERT_NE(nullptr, ::mkdtemp(folder.data()));
    const std::string path = folder + "/socket";
    ASSERT_LT(path.size(), sizeof(sockaddr_un::sun_path));
    for (const wiring::Name& name : {unix_name(path), unix_name('\0' + path)}) {
        const bool is_path = reinterpret_cast<const sockaddr_un*>(&name.address)->sun_path[0] != 0;
        Fd server = unix_socket();
        EXPECT_EQ(0, error_of_bind(server, name));
        EXPECT_EQ(0, ::listen(server.get(), 4));
        server.close();
        EXPECT_EQ(is_path, std::filesystem::is_socket(path));
        EXPECT_EQ(ECONNREFUSED, error_of_connect(unix_socket(), name));
        EXPECT_EQ(is_path ? EADDRINUSE : 0, error_of_bind(unix_socket(), name));
        ::unlink(path.c_str());
    }
    ::rmdir(folder.c_str());
    observed("closed, and the path is still there: connect() ECONNREFUSED, bind() EADDRINUSE; an abstract name: bind() = 0");
}

// "The client sends its user name first": it says root; the kernel says who it is.
// Convinced: with process 1, as the client claims, in place of who.pid the proof is red.
TEST(Q108, TheKernelSaysWhoThePeerIs)
{
    const Fd listener = unix_socket();
    wiring::Name any;
    any.address.ss_family = AF_UNIX;
    any.size = sizeof(sa_family_t); // autobind: unix(7)
    ASSERT_EQ(0, error_of_bind(listener, any));
    ASSERT_EQ(0, ::listen(listener.get(), 4));
    const wiring::Name there = wiring::own_name(listener.get());
    lab::Learner you;
    you.run([&] {
        const Fd client = unix_socket();
        EXPECT_EQ(0, error_of_connect(client, there));
        const std::string claim = "I am process 1 of root; in truth " + std::to_string(::getpid());
        EXPECT_LT(0, ::send(client.get(), claim.data(), claim.size(), MSG_NOSIGNAL));
        lab::wait_for_the_test();
    });
    ASSERT_EQ(POLLIN, comes(listener, POLLIN));
    const Fd server = accepted_from(listener);
    const std::string claim = gets(server);
    ucred who{};
    socklen_t size = sizeof who;
    EXPECT_EQ(0, ::getsockopt(server.get(), SOL_SOCKET, SO_PEERCRED, &who, &size));
    EXPECT_EQ(::getuid(), who.uid);
    EXPECT_EQ("I am process 1 of root; in truth " + std::to_string(who.pid), claim);
    observed("SO_PEERCRED: the user and the process of the client, whatever it claims");
    you.finishes();
}

// A stream would go on in the middle of the first record. Convinced: with SOCK_STREAM the second recv() gives "o" and it is red.
TEST(Q108, ARecordLosesItsTail)
{
    const UnixPair pair{SOCK_SEQPACKET};
    sends(pair.one, "hello"), sends(pair.one, "0123456789");
    for (const char* begin : {"hell", "0123"}) {
        char bytes[4];
        iovec data{bytes, sizeof bytes};
        msghdr message{};
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        EXPECT_EQ(4, ::recvmsg(pair.other.get(), &message, MSG_DONTWAIT));
        EXPECT_EQ(begin, std::string(bytes, 4));
        EXPECT_NE(0, message.msg_flags & MSG_TRUNC);
    }
    observed("SOCK_SEQPACKET, 4 bytes at a time: \"hell\" and \"0123\", each with MSG_TRUNC");
}
