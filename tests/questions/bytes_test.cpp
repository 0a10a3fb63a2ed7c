// Q130, Q134, Q139, Q142 and Q147: where bytes are, and how often they are copied.
#include "states.h"
#include "streams.h"

#include <array>
#include <cstring>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <time.h>

using namespace questions;

// "epoll will tell me": it tells what waits in the kernel. A library with a buffer of its own, TLS or, here, stdio, has taken all
// of it. Convinced: with two sends and a read between them the kernel has something to tell, and the proof is red.
TEST(Q130, NoEventComesForWhatALibraryHasRead)
{
    const Pair ann = tcp_pair();
    std::FILE* stream = ::fdopen(::dup(ann.server.get()), "r");
    ASSERT_NE(nullptr, stream);
    sends(ann.client, "first\nsecond\n");
    EXPECT_EQ(POLLIN, comes(ann.server, POLLIN));
    char line[20];
    EXPECT_STREQ("first\n", std::fgets(line, sizeof line, stream));
    EXPECT_EQ(0, comes(ann.server, POLLIN, 0)); // an event loop would sleep now
    EXPECT_STREQ("second\n", std::fgets(line, sizeof line, stream));
    std::fclose(stream);
    observed("two lines came, the library gave one: poll() says nothing, and the second is there without any call to the kernel");
}

// "sendfile() copies, only inside the kernel": the socket's queue refers to the pages of the file, so what is changed after the
// call is what the peer reads. Convinced: with read() and send() in both runs the second text is old, too, and the proof is red.
TEST(Q134, SendfileSendsThePagesOfTheFile)
{
    std::array<std::string, 2> came;
    for (const bool with_sendfile : {false, true}) {
        const Pair ann = tcp_pair();
        const Fd file{::memfd_create("file", MFD_CLOEXEC)};
        const std::string old(4096, 'o'), young(4096, 'y');
        ASSERT_EQ(4096, ::pwrite(file.get(), old.data(), old.size(), 0));
        std::string buffer(4096, ' ');
        if (with_sendfile) {
            EXPECT_EQ("4096", said(::sendfile(ann.server.get(), file.get(), nullptr, 4096)));
        } else {
            EXPECT_EQ(4096, ::pread(file.get(), buffer.data(), buffer.size(), 0)); // the first copy
            EXPECT_EQ(4096, sends(ann.server, buffer));                            // and the second
        }
        ASSERT_EQ(4096, ::pwrite(file.get(), young.data(), young.size(), 0));
        came[with_sendfile ? 1 : 0] = gets(ann.client, 1);
    }
    EXPECT_EQ("o", came[0]);
    EXPECT_EQ("y", came[1]);
    observed("the file was changed after the call and before the peer read: read() and send(): old bytes; sendfile(): new ones");
}

// "A large buffer for each connection": a small one, and a large one that all share, take as much with one call.
// Convinced: with recv() into the small one alone it takes five calls and the proof is red.
TEST(Q139, ASpareBufferTakesItAllInOneCall)
{
    const Pair ann = tcp_pair();
    const std::string sent = lab::pattern(5000);
    sends(ann.client, sent);
    EXPECT_TRUE(becomes([&] { return asks(ann.server, FIONREAD) == 5000; }));
    std::string own(1024, ' '); // this connection's
    static char spare[1 << 16]; // of the thread, for all connections
    const iovec parts[] = {{own.data(), own.size()}, {spare, sizeof spare}};
    const ssize_t n = ::readv(ann.server.get(), parts, 2);
    EXPECT_EQ(5000, n);
    own.append(spare, static_cast<std::size_t>(n) - own.size()); // grows only for who needs it
    EXPECT_EQ(sent, own);
    observed("5000 bytes with 1 readv() into 1024 of its own and a spare 64 KiB; its buffer grew to " +
             std::to_string(own.size()));
}

// "A ring must copy at its end": two parts of one call go round the corner. Convinced: with the first part alone 3 bytes are left
// behind and the proof is red.
TEST(Q139, ARingIsFilledAndSentInTwoParts)
{
    const Pair ann = tcp_pair();
    std::array<char, 8> ring{};
    constexpr std::size_t begin = 3; // 5 bytes up to the end, then 3 at the front
    iovec parts[] = {{ring.data() + begin, ring.size() - begin}, {ring.data(), begin}};
    sends(ann.client, "12345678");
    EXPECT_TRUE(becomes([&] { return asks(ann.server, FIONREAD) == 8; }));
    EXPECT_EQ(8, ::readv(ann.server.get(), parts, 2));
    EXPECT_EQ("67812345", (std::string{ring.data(), ring.size()}));
    EXPECT_EQ(8, ::writev(ann.server.get(), parts, 2));
    EXPECT_EQ("12345678", gets(ann.client));
    observed("\"12345678\" stands in the ring as \"67812345\", and went out in order");
}

// "A second channel with priority": it is one mark in the same stream. Convinced: without MSG_OOB there is no mark and no
// POLLPRI, and the proof is red.
TEST(Q142, UrgentDataAreOneByteAtAMark)
{
    const Pair ann = tcp_pair();
    EXPECT_EQ(3, ::send(ann.client.get(), "abc", 3, MSG_OOB));
    sends(ann.client, "de");
    EXPECT_TRUE(becomes([&] { return comes(ann.server, POLLIN | POLLPRI) == (POLLIN | POLLPRI); }));
    EXPECT_TRUE(becomes([&] { return asks(ann.server, FIONREAD) > 0; }));
    EXPECT_EQ("ab", gets(ann.server)); // recv() stops at the mark
    EXPECT_EQ(1, ::sockatmark(ann.server.get()));
    char urgent = '?';
    EXPECT_EQ(1, ::recv(ann.server.get(), &urgent, 1, MSG_OOB | MSG_DONTWAIT));
    EXPECT_EQ('c', urgent);
    EXPECT_EQ("de", gets(ann.server));
    observed("\"abc\" with MSG_OOB, then \"de\": POLLPRI; recv() \"ab\", MSG_OOB \"c\", recv() \"de\"");
}

// "Take the time after recv()": that is when the program came round to it. The kernel knows when the datagram came. Convinced:
// without SO_TIMESTAMPNS there is no stamp and the proof is red.
TEST(Q147, TheKernelStampsTheArrival)
{
    const Fd bob{wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false)}, ann{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    const wiring::Name there = wiring::own_name(bob.get());
    EXPECT_TRUE(set_option(bob, SOL_SOCKET, SO_TIMESTAMPNS, 1));
    EXPECT_EQ(0, ::connect(ann.get(), there.get(), there.size));
    const auto now_ns = [] {
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        return now.tv_sec * 1'000'000'000L + now.tv_nsec;
    };
    long sent = 0, stamp = 0, there_is = 0;
    EXPECT_TRUE(becomes([&] { // the kernel begins to stamp a moment after the first socket has asked for it
        sent = now_ns();
        sends(ann, "tick");
        comes(bob, POLLIN);
        there_is = now_ns();
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(timespec))] = {};
        msghdr message{};
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        ::recvmsg(bob.get(), &message, MSG_DONTWAIT);
        const cmsghdr* header = CMSG_FIRSTHDR(&message);
        if (header == nullptr || header->cmsg_type != SCM_TIMESTAMPNS)
            return false;
        timespec arrival{};
        std::memcpy(&arrival, CMSG_DATA(header), sizeof arrival);
        stamp = arrival.tv_sec * 1'000'000'000L + arrival.tv_nsec;
        return sent <= stamp && stamp <= there_is;
    }));
    observed("sent, arrived " + std::to_string((stamp - sent) / 1000) + " us later, seen by poll() " +
             std::to_string((there_is - stamp) / 1000) + " us after that");
}
