// Q2 to Q9: addresses and descriptors.
#include "states.h"

#include <arpa/inet.h>
#include <bit>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <vector>

using namespace questions;

// "connect() needs a bind() before it, and one recv() gets the answer" predicts port 0 and the whole answer at once.
// Convinced: with both parts sent before the first recv() it returns them together, and the proof is red.
TEST(Q2, ConnectBindsAndOneRecvGetsAPart)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 1, false)};
    const wiring::Name there = wiring::own_name(listener.get());
    const Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_EQ(0, port_of(client));
    ASSERT_EQ("0", said(::connect(client.get(), there.get(), there.size)));
    EXPECT_NE(0, port_of(client));
    EXPECT_EQ("127.0.0.1", wiring::ip_of(wiring::own_name(client.get())));

    const Fd server = accepted_from(listener);
    sends(server, "half an ");
    EXPECT_EQ("half an ", gets(client));
    sends(server, "answer");
    EXPECT_EQ("answer", gets(client));
    observed("port 0 before connect(), " + std::to_string(port_of(client)) +
             " after it; two recv() for one answer: 8 and 6 bytes");
}

// "htons() is not needed on x86" predicts that a port which was written as a plain number is that port.
// Convinced: with htons() around `wanted` the first expectation is red on this little-endian machine.
TEST(Q3, APortWithoutHtonsIsAnotherPort)
{
    if constexpr (std::endian::native == std::endian::big)
        GTEST_SKIP() << "both orders are the same on this machine";
    const std::string ip = lab::private_loopback();
    for (int tries = 0; tries < 50; ++tries) {
        const Fd chosen{wiring::bound_socket(ip, SOCK_STREAM, false)};
        const std::uint16_t wanted = port_of(chosen); // any number will do; this one is not fixed
        wiring::Name name = wiring::name_of(ip, 0);
        reinterpret_cast<sockaddr_in*>(&name.address)->sin_port = wanted;
        const Fd swapped{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (::bind(swapped.get(), name.get(), name.size) < 0)
            continue; // the swapped number is a port below 1024, or the same: take another one
        EXPECT_NE(wanted, port_of(swapped));
        EXPECT_EQ((wanted >> 8) | ((wanted & 0xff) << 8), port_of(swapped));
        return observed("sin_port = " + std::to_string(wanted) + " without htons() bound port " +
                        std::to_string(port_of(swapped)));
    }
    FAIL() << "50 ports, and none could be bound the wrong way round";
}

// "It converts the data that I send" predicts the most significant byte first in both cases.
// Convinced: with htonl() around the first number, too, the first comparison is red.
TEST(Q3, NothingConvertsThePayload)
{
    if constexpr (std::endian::native == std::endian::big)
        GTEST_SKIP() << "both orders are the same on this machine";
    const Pair pair = tcp_pair();
    const std::uint32_t plain = 1, converted = htonl(1);
    ::send(pair.client.get(), &plain, sizeof plain, MSG_NOSIGNAL);
    EXPECT_EQ((std::string{1, 0, 0, 0}), gets(pair.server));
    ::send(pair.client.get(), &converted, sizeof converted, MSG_NOSIGNAL);
    EXPECT_EQ((std::string{0, 0, 0, 1}), gets(pair.server));
    observed("an int of value 1 arrived as 01 00 00 00, with htonl() as 00 00 00 01");
}

// "They are the same" predicts equal answers to the same text, and "below 0 is the error" that a bad text gives -1.
// Convinced: with "1.2.3.4" in place of "1" the expectations of inet_pton() are red.
TEST(Q4, TheLooseFormsTakeWhatInetPtonRefuses)
{
    in_addr address{};
    EXPECT_EQ(0, ::inet_pton(AF_INET, "1", &address));
    EXPECT_EQ(1, ::inet_aton("1", &address));
    EXPECT_EQ(htonl(0x00000001), address.s_addr);
    EXPECT_EQ(0, ::inet_pton(AF_INET, "010.0.0.1", &address));
    EXPECT_EQ(1, ::inet_aton("010.0.0.1", &address));
    EXPECT_EQ(htonl(0x08000001), address.s_addr); // octal
    EXPECT_EQ(0, ::inet_pton(AF_INET, "1.2.3.4 x", &address));
    EXPECT_EQ(1, ::inet_aton("1.2.3.4 x", &address));
    EXPECT_EQ(-1, ::inet_pton(AF_UNIX, "1.2.3.4", &address));
    EXPECT_EQ("EAFNOSUPPORT", std::string{lab::errno_name(errno)});
    EXPECT_EQ(INADDR_NONE, ::inet_addr("255.255.255.255")); // a good address, and the value for an error
    EXPECT_EQ(INADDR_NONE, ::inet_addr("nonsense"));
    observed(
        "\"1\", \"010.0.0.1\" and \"1.2.3.4 x\": inet_pton() 0, inet_aton() 1; inet_addr(\"255.255.255.255\") is INADDR_NONE");
}

// "sockaddr fits all" predicts a complete address in its 16 bytes.
// Convinced: with sockaddr_in6 in place of sockaddr the size is not larger than the buffer, and the proof is red.
TEST(Q5, SockaddrIsTooSmallForIpv6)
{
    if (!lab::has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    const Fd bound{wiring::bound_socket("::1", SOCK_STREAM, false)};
    struct {
        sockaddr address;
        unsigned char behind[12];
    } buffer{};
    std::fill(std::begin(buffer.behind), std::end(buffer.behind), 0xee);
    socklen_t size = sizeof buffer.address;
    EXPECT_EQ("0", said(::getsockname(bound.get(), &buffer.address, &size)));
    EXPECT_EQ(28u, size);
    EXPECT_GT(size, sizeof buffer.address); // the only sign
    for (const unsigned char byte : buffer.behind)
        EXPECT_EQ(0xee, byte);

    const Fd other{::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const wiring::Name name = wiring::name_of("::1", 0);
    EXPECT_EQ("EINVAL", said(::bind(other.get(), name.get(), sizeof(sockaddr))));
    observed("getsockname() into 16 bytes: 0, and a size of 28; bind() of ::1 with a size of 16: EINVAL");
}

// "I compare the text of the address with my list" predicts that the server sees what the client calls itself.
// Convinced: with an IPv4 listener in place of the IPv6 one the two texts are the same, and the proof is red.
TEST(Q6, AMappedAddressMatchesNoRuleForIpv4)
{
    if (!lab::has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    const Fd listener{::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    ASSERT_TRUE(set_option(listener, IPPROTO_IPV6, IPV6_V6ONLY, 0));
    const wiring::Name any = wiring::name_of("::", 0);
    ASSERT_EQ("0", said(::bind(listener.get(), any.get(), any.size)));
    ASSERT_EQ("0", said(::listen(listener.get(), 1)));
    const Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const wiring::Name there = wiring::name_of("127.0.0.1", port_of(listener));
    ASSERT_EQ("0", said(::connect(client.get(), there.get(), there.size)));
    wiring::Name from;
    from.size = sizeof from.address;
    const Fd server{::accept(listener.get(), reinterpret_cast<sockaddr*>(&from.address), &from.size)};
    const std::string rule = wiring::ip_of(wiring::own_name(client.get())), seen = wiring::ip_of(from);
    EXPECT_NE(rule, seen);
    EXPECT_EQ("::ffff:" + rule, seen);
    const in6_addr& mapped = reinterpret_cast<const sockaddr_in6*>(&from.address)->sin6_addr;
    EXPECT_TRUE(IN6_IS_ADDR_V4MAPPED(&mapped));
    char plain[INET_ADDRSTRLEN];
    ASSERT_NE(nullptr, ::inet_ntop(AF_INET, &mapped.s6_addr[12], plain, sizeof plain));
    EXPECT_EQ(rule, plain);
    observed("the client calls itself " + rule + ", the server sees " + seen + "; the last four bytes are " + plain);
}

// "One port is one connection" predicts that the second connection fails.
// Convinced: with the second client closed before it is used the proof is red.
TEST(Q8, OnePortServesManyConnections)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 2, false)};
    const Fd ann = client_of(listener);
    const Fd bob = client_of(listener);
    const Fd anns = accepted_from(listener);
    const Fd bobs = accepted_from(listener);
    EXPECT_EQ(port_of(listener), port_of(anns));
    EXPECT_EQ(port_of(listener), port_of(bobs));
    EXPECT_NE(port_of(ann), port_of(bob));
    sends(ann, "ann");
    sends(bob, "bob");
    EXPECT_EQ("bob", gets(bobs));
    EXPECT_EQ("ann", gets(anns));
    observed("port " + std::to_string(port_of(listener)) + " carries two connections, from the ports " +
             std::to_string(port_of(ann)) + " and " + std::to_string(port_of(bob)));
}

namespace {

// A program of its own: cat, which copies what says() gives it to its standard output, until this is gone.
class Cat {
public:
    // With its standard output on that socket, or on nothing.
    explicit Cat(const Fd* output)
    {
        int ends[2];
        EXPECT_EQ(0, ::pipe2(ends, O_CLOEXEC));
        const Fd input{ends[0]};
        words_ = Fd{ends[1]};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input.get(), 0);
        if (output)
            posix_spawn_file_actions_adddup2(&actions, output->get(), 1);
        char name[] = "cat";
        char* const arguments[] = {name, nullptr};
        EXPECT_EQ(0, ::posix_spawnp(&process_, name, &actions, nullptr, arguments, environ));
        posix_spawn_file_actions_destroy(&actions);
    }
    ~Cat() { ends(); }
    void says(std::string_view text)
    {
        EXPECT_EQ(std::to_string(text.size()), said(::write(words_.get(), text.data(), text.size())));
    }
    void ends()
    {
        words_.close();
        if (process_ > 0)
            ::waitpid(std::exchange(process_, 0), nullptr, 0);
    }

private:
    pid_t process_ = 0;
    Fd words_;
};

} // namespace

// "close() in the parent ends the connection" predicts the end of the stream at once in both cases.
// Convinced: with nullptr in the first case, too, the server sees the end before the child speaks, and the proof is red.
TEST(Q9, AChildThatHoldsTheSocketKeepsTheConnection)
{
    Pair held = tcp_pair();
    Cat child{&held.client};
    held.client.close();
    child.says("still here");
    EXPECT_EQ("still here", gets(held.server));
    child.ends();
    EXPECT_EQ("", gets(held.server));

    Pair alone = tcp_pair(); // SOCK_CLOEXEC
    const Cat other{nullptr};
    alone.client.close();
    EXPECT_EQ("", gets(alone.server)); // while the child lives
    observed("the child wrote 10 bytes after the parent's close(); the end came with the child's; with SOCK_CLOEXEC at once");
}
