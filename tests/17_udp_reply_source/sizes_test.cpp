// How much comes, and how much may go.
#include "serves.h"

#include <cstdint>
#include <fcntl.h>
#include <sys/mman.h>

using namespace lab;

TEST(Robust, TakesAnySize)
{
    Learner you{
        {.rule = "what does not fit is cut and reported; what fits exactly is whole; 0 bytes are a message, 65 507 too.",
         .why = "The kernel throws the rest away, and the result is 8 in both cases: MSG_TRUNC in msg_flags tells them apart. "
                "0 would be the end of a stream, and UDP has none.",
         .read = "man 2 recv, RETURN VALUE and MSG_TRUNC; RFC 768, Length",
         .ask = "Q95, Q97"}};
    you.nth(Family::writing, 1).fails(ECONNREFUSED); // the answer of 0 bytes is as good as any
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram cut = takes(server.get(), 8), whole = takes(server.get(), 8);
        EXPECT_EQ("hello, w", text(cut.data));
        expects(cut.truncated, "truncated is true for 12 bytes, where cap is 8", "it is false");
        EXPECT_EQ("8 bytes.", text(whole.data));
        expects(!whole.truncated, "truncated is false for 8 bytes, where cap is 8", "it is true");
        serves_one(server.get());
        answers(server.get(), takes(server.get(), 65507));
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    for (const std::string& datagram : {std::string{"hello, world"}, std::string{"8 bytes."}, std::string{}, pattern(65507)})
        ann.sends(datagram);
    ann.expects("");
    ann.expects(pattern(65507));
    you.finishes();
}

TEST(Robust, CapMayBeNoneOrMoreThanEnough)
{
    Learner you{{.rule = "`cap` is the most that the caller wants: 0 is legal, and so is more than any datagram has.",
                 .why = "With no room at all a datagram is taken, and cut, all the same; an empty one fits. 65536 is 0 in 16 "
                        "bits. It is waited for as "
                        "any other: a signal and the news of an earlier client pass.",
                 .read = "man 2 recv, MSG_TRUNC; RFC 768, Length",
                 .ask = "Q95, Q97"}};
    you.nth(Family::reading, 1).fails(EINTR);
    you.nth(Family::reading, 2).fails(ECONNREFUSED);
    you.run([] {
        const kata::UniqueFd server = every_address();
        expects(takes(server.get(), 0).truncated, "truncated is true for 5 bytes, where cap is 0", "it is false");
        expects(takes(server.get(), 0).truncated, "truncated is true for 1 byte, where cap is 0", "it is false");
        expects(!takes(server.get(), 0).truncated, "truncated is false for 0 bytes, where cap is 0", "it is true");
        EXPECT_EQ("hello", text(takes(server.get(), 65'536).data));
    });
    UdpPeer ann = you.udp("ann");
    for (const char* datagram : {"hello", "!", "", "hello"})
        ann.sends(datagram);
    you.finishes();
}

TEST(Robust, SaysWhatIsTooLarge)
{
    Learner you{{.rule = "an answer that does not fit a datagram is EMSGSIZE, whatever its size, and nothing is sent.",
                 .why = "4 GiB + 8 bytes are 8 in 32 bits. A part of an answer is another answer.",
                 .read = "man 2 send, EMSGSIZE",
                 .ask = "Q95"}};
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram question = takes(server.get(), 64);
        constexpr std::size_t size = (std::size_t{1} << 32) + 8; // pages of zeros that nobody wrote: they cost no memory
        void* zeros = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        ASSERT_NE(MAP_FAILED, zeros);
        for (const std::size_t much : {std::size_t{65508}, size})
            expects_error(EMSGSIZE, [&] {
                replies(server.get(), question.local, question.from, {static_cast<const std::byte*>(zeros), much});
            });
        ::munmap(zeros, size);
        answers(server.get(), question);
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
    you.finishes();
}

TEST(Robust, SaysThatThereIsNoRoom)
{
    Learner you{{.rule = "an answer that finds no room is not sent, and its caller is told: EAGAIN.",
                 .why =
                     "The caller has made the socket non-blocking, so as not to wait for a slow card. He can send it again when "
                     "poll() says POLLOUT; if you return, he believes that it is on its way.",
                 .read = "man 2 send, EAGAIN; man 7 socket, SO_SNDTIMEO; man 2 poll, POLLOUT",
                 .ask = "Q96, Q98"}};
    you.nth(Family::writing, 1).fails(EAGAIN);
    you.run([] {
        const kata::UniqueFd server = every_address();
        const kata::Datagram question = takes(server.get(), 64);
        ::fcntl(server.get(), F_SETFL, O_NONBLOCK);
        const std::string came = error_of([&] { answers(server.get(), question); });
        replies(server.get(), question.local, question.from, bytes(came));
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    const std::string first = ann.receives().bytes;
    you.finishes();
    expects(first == "EAGAIN" || first == "hello", "EAGAIN, or the answer when there is room again",
            first == "no error" ? "you returned, and nothing was sent" : first);
}
