// Peers on Unix sockets: by a path or a name, and with descriptors beside the bytes.
#include "recorded.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest-spi.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/peers/wiring.h"

using namespace lab;

namespace {

int listens_at(const std::string& path)
{
    const wiring::Name name = wiring::unix_name(path);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_EQ(0, ::bind(fd, name.get(), name.size));
    EXPECT_EQ(0, ::listen(fd, 4));
    return fd;
}

void greets_one(const std::string& path)
{
    const int listener = listens_at(path), client = ::accept(listener, nullptr, nullptr);
    EXPECT_EQ(5, ::send(client, "hello", 5, MSG_NOSIGNAL));
    EXPECT_EQ(0, ::close(client));
    EXPECT_EQ(0, ::close(listener));
}

struct Package {
    char byte = 0;
    iovec piece{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] = {};
    msghdr head{};
    Package()
    {
        head.msg_iov = &piece;
        head.msg_iovlen = 1;
        head.msg_control = control;
        head.msg_controllen = sizeof control;
    }
};

// What came over descriptor 3 goes back over it, with all descriptors.
void returns_what_it_gets()
{
    Package package;
    EXPECT_EQ(1, ::recvmsg(3, &package.head, 0));
    EXPECT_EQ(1, ::sendmsg(3, &package.head, MSG_NOSIGNAL));
    for (int fd = 4; fd < 6; ++fd)
        ::close(fd);
}

} // namespace

TEST(UnixPeers, ComeByAPath)
{
    std::string folder = std::filesystem::temp_directory_path() / "kata_XXXXXX";
    ASSERT_NE(nullptr, ::mkdtemp(folder.data()));
    Learner you;
    you.run([&] { greets_one(folder + "/door"); });
    Peer eve = you.connect_to_path(folder + "/nowhere", "eve");
    Peer ann = you.connect_to_path(folder + "/door", "ann");
    ann.expects("hello");
    ann.expects_end();
    you.finishes();
    std::filesystem::remove_all(folder);
    EXPECT_EQ("bind(3, \"door\")  0\n", rows_with("bind(", you.diagram()));
    EXPECT_EQ("listen(3, 4)  0  listening on \"door\"\n", rows_with("listen(", you.diagram()));
    EXPECT_EQ("eve connects to \"nowhere\": ENOENT\nann connects to \"door\"\n", rows_with(" connects", you.diagram()));
}

TEST(UnixPeers, ComeByAnAbstractName)
{
    const std::string name = std::string(1, '\0') + "kata/" + std::to_string(::getpid()) + "/door";
    Learner you;
    you.run([&] { greets_one(name); });
    Peer ann = you.connect_to_path(name, "ann");
    ann.expects("hello");
    you.finishes();
    EXPECT_EQ("ann connects to abstract \"door\"\n", rows_with(" connects", you.diagram()));
}

TEST(UnixPeers, PassADescriptorAndTakeIt)
{
    const auto [one, other] = wiring::tcp_pair(0, 0, 0, 0);
    Learner you;
    Peer ann = you.unix_wire("ann"), bob{you.supervisor(), "bob", other};
    you.run(returns_what_it_gets);
    ann.passes("x", {one});
    ::close(one);
    {
        Peer copy = ann.expects_descriptor("x", "bob's other end");
        copy.sends("hello");
        bob.expects("hello");
    }
    bob.expects_end();
    you.finishes();
    EXPECT_EQ("ann passes \"x\" and 1 descriptor\n", rows_with(" passes", you.diagram()));
    EXPECT_EQ("ann receives \"x\" and 1 descriptor\n", rows_with("ann receives", you.diagram()));
    EXPECT_EQ("sendmsg(3, \"x\", 1, NOSIGNAL, descriptor 4)  1\n", rows_with("sendmsg(", you.diagram()));
}

TEST(UnixPeers, NoticeTwoDescriptorsForOne)
{
    Learner you;
    Peer ann = you.unix_wire("ann");
    you.run(returns_what_it_gets);
    ann.passes("x", {0, 1});
    EXPECT_NONFATAL_FAILURE(ann.expects_descriptor("x", "a copy"), "came      \"x\" and 2 descriptors");
    you.finishes();
}

TEST(UnixPeers, NoticeThatNoneCame)
{
    Learner you;
    Peer ann = you.unix_wire("ann");
    you.run([] { EXPECT_EQ(1, ::send(3, "x", 1, MSG_NOSIGNAL)); });
    EXPECT_NONFATAL_FAILURE(ann.expects_descriptor("x", "a copy"), "came      \"x\" and 0 descriptors");
    you.finishes();
}
