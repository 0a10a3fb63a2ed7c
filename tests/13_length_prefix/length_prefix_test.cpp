#include "frames.h"

#include <csignal>
#include <iterator>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace lab;
using namespace std::string_literals;
using namespace std::string_view_literals;

TEST(Works, WritesTheSizeAndThePayload)
{
    Learner you{
        {.rule = "a frame is the size as four bytes, most significant first, and then the payload.",
         .why = "Both sides must agree on width, order, and on what is counted: the size counts the payload and not itself.",
         .read = "man 3 byteorder",
         .ask = "Q3, Q49, Q51"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        kata::write_frame(you.fd(), bytes("hello"));
        kata::write_frame(you.fd(), bytes(""));
        kata::write_frame(you.fd(), bytes("a\0b"sv));
        kata::write_frame(you.fd(), bytes(pattern(0x0201)));
        kata::write_frame(you.fd(), bytes(pattern(0x010203)));
    });
    ann.expects("\0\0\0\5hello"sv);
    ann.expects("\0\0\0\0"sv);
    ann.expects("\0\0\0\3a\0b"sv);
    ann.expects("\0\0\2\1"sv);
    ann.expects_size(0x0201);
    ann.expects("\0\1\2\3"sv);
    ann.expects_size(0x010203);
    you.finishes();
}

TEST(Works, ReadsFrameByFrame)
{
    Learner you{
        {.rule = "two frames may come in one segment: take the first, leave every byte of the second.",
         .why = "recv() gives what you ask for, up to what is there. What you take beyond the frame is gone for the next call.",
         .read = "man 2 recv, DESCRIPTION; man 7 tcp, DESCRIPTION",
         .ask = "Q34, Q47, Q48"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("one", next_of(you.fd()));
        EXPECT_EQ("", next_of(you.fd()));
        EXPECT_EQ("a\0b"sv, next_of(you.fd()));
        EXPECT_EQ("<the end>", next_of(you.fd()));
    });
    ann.sends("\0\0\0\3one\0\0\0\0\0\0\0\3a\0b"sv);
    ann.finishes_writing();
    you.finishes();
}

TEST(Works, LeavesTheNextFrameInTheSocket)
{
    Learner you{{.rule = "what follows the frame stays in the socket: the next reader may be somebody else.",
                 .why = "A byte that you took is gone for all others who read this socket, also when you keep it for yourself.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q34, Q47"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("one", next_of(you.fd()));
        expects_to_hear(you.fd(), "\0\0\0\3two"sv);
    });
    ann.sends("\0\0\0\3one\0\0\0\3two"sv);
    you.finishes();
}

TEST(Works, JoinsAFrameFromItsPieces)
{
    Learner you{{.rule = "a frame may come in many segments, and its size may be cut, too.",
                 .why = "recv() returns with what is there: one byte is enough. Ask again for the rest.",
                 .read = "man 2 recv, RETURN VALUE",
                 .ask = "Q33, Q34"}};
    Peer ann = you.wire("ann");
    you.run([&] {
        EXPECT_EQ("hello", next_of(you.fd()));
        EXPECT_EQ("world", next_of(you.fd()));
    });
    ann.dribbles("\0\0\0\5hello\0\0\0\5world"sv);
    you.finishes();
}

TEST(Robust, WritesTheRest)
{
    Learner you{
        {.rule = "the kernel may take a part of the frame; the rest is yours to send, also when the cut is inside the size.",
         .why = "A short write is no error. A frame that stops in the middle makes the other side wait for ever.",
         .read = "man 2 write, RETURN VALUE",
         .ask = "Q28, Q29"}};
    Peer ann = you.wire("ann");
    you.every(Family::writing).moves_at_most(3);
    for (const std::uint32_t again : {2u, 3u})
        you.nth(Family::writing, again).fails(EINTR);
    you.run([&] { kata::write_frame(you.fd(), bytes("hello, world")); });
    ann.expects("\0\0\0\14hello, world"sv);
    you.finishes();
}

TEST(Robust, ReadsOnAfterSignals)
{
    Learner you{{.rule = "a signal interrupts a recv(), not a frame; MSG_WAITALL does not change that.",
                 .why =
                     "EINTR means that nothing was read. A short count after a signal means that something was. And errno says "
                     "why a call failed: after one that did not, as at the end of the stream, it still has the last reason.",
                 .read = "man 2 recv, MSG_WAITALL; man 7 signal, \"Interruption of system calls\"",
                 .ask = "Q35, Q88"}};
    Peer ann = you.wire("ann");
    for (const std::uint32_t again : {1u, 2u, 4u, 6u, 7u, 9u}) // before both parts, and inside of them
        you.nth(Family::reading, again).fails(EINTR);
    for (const std::uint32_t inside : {3u, 8u})
        you.nth(Family::reading, inside).moves_at_most(2);
    you.run([&] {
        EXPECT_EQ("hello", next_of(you.fd()));
        EXPECT_EQ("<the end>", next_of(you.fd()));
    });
    ann.sends("\0\0\0\5hello"sv);
    you.gets_signal(SIGUSR1);
    ann.finishes_writing();
    you.finishes();
}

TEST(Robust, KeepsNothingForTheNextFrame)
{
    Learner you{{.rule = "a small frame is on its way when write_frame() returns, an empty one too.",
                 .why =
                     "MSG_MORE says that more comes at once. When nothing does, because the payload is empty, the kernel holds "
                     "the size back for 200 ms.",
                 .read = "man 2 send, MSG_MORE; man 7 tcp, TCP_CORK",
                 .ask = "Q64"}};
    const std::size_t sizes[] = {0, 5, 1024, 4092, 8188, 16380}; // the last three fill a buffer to its last byte
    std::vector<Peer> peers; // each with a connection on which nothing is waiting for an acknowledgement
    for (const char* name : {"ann", "bob", "cy", "dan", "eve", "fay"})
        peers.push_back(you.wire(name));
    you.run([&] {
        for (std::size_t i = 0; i < std::size(sizes); ++i) {
            kata::write_frame(you.fd(i), bytes(pattern(sizes[i])));
            int held_back = 0;
            EXPECT_EQ(0, ::ioctl(you.fd(i), SIOCOUTQNSD, &held_back));
            EXPECT_EQ(0, held_back) << "bytes that your kernel holds back, of a frame of " << sizes[i] << " bytes";
        }
    });
    you.finishes();
}

TEST(Robust, SaysMoreOnlyWhereMoreComes)
{
    constexpr Lesson lesson{
        .rule = "nothing comes behind the last bytes of a frame, whatever its size is: they do not wait for more.",
        .why = "A block that is full is no promise of a next one: a frame may end where it ends. After MSG_MORE the kernel keeps "
               "the last piece back, for 200 ms, or until it has an acknowledgement.",
        .read = "man 2 send, MSG_MORE; man 7 tcp, TCP_CORK",
        .ask = "Q64"};
    constexpr std::size_t mib = 1 << 20; // 16, 64 or 128 KiB: it ends where a block ends
    for (const std::size_t size : {mib - 4, mib}) {
        Learner you{lesson};
        Peer ann = you.wire("ann");
        you.run([&] { kata::write_frame(you.fd(), bytes(pattern(size))); });
        EXPECT_EQ(4u, ann.receives(4).size()) << "bytes of the size of a frame of " << size << " bytes";
        ann.expects_size(size);
        you.finishes();
        bool more = false; // what the last one said; an option that is set then may send what waits
        for (const CallRecord& c : you.calls()) {
            const bool has_flags = c.call == Call::send || c.call == Call::sendto || c.call == Call::sendmsg;
            if (c.call == Call::setsockopt || (family_of(c.call) == Family::writing && c.result > 0))
                more = has_flags && (c.args[1] & MSG_MORE) != 0;
        }
        expects(!more, "no MSG_MORE with the last bytes of a frame of " + std::to_string(size) + " bytes",
                "your last send() said MSG_MORE");
        if (HasFailure())
            return;
    }
}

TEST(Robust, SendsASmallFrameInOneSegment)
{
    Learner you{
        {.rule = "size and payload of a small frame, at most 1024 bytes, leave together, also after a signal.",
         .why = "Two small writes and then a read: the second one is held back until the first is acknowledged, and the receiver "
                "delays that. It costs about 40 ms for each request. EINTR: nothing was sent, so all of it is still to be sent.",
         .read = "man 7 tcp, TCP_NODELAY and TCP_CORK; RFC 9293 section 3.7.4; man 7 signal",
         .ask = "Q64"}};
    Peer ann = you.wire("ann");
    you.nth(Family::writing, 1).fails(EINTR);
    const std::string payload = pattern(1024);
    you.run([&] {
        kata::write_frame(you.fd(), bytes("ping"));
        wait_for_the_test(); // or the kernel may join the ends of both, when the first acknowledgement is late (Nagle)
        kata::write_frame(you.fd(), bytes(payload)); // still a small one
    });
    ann.expects("\0\0\0\4ping"sv);
    ASSERT_TRUE(you.paused());
    you.resume();
    ann.expects("\0\0\4\0"s + payload);
    you.finishes();
    EXPECT_EQ(2u, ann.segments()) << "segments with data that came to ann, for two frames";
}
