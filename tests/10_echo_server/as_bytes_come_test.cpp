#include "serving.h"

#include <sys/socket.h>
#include <thread>

using namespace serving;

TEST(Robust, MovesManyBytesWithOneCall)
{
    Learner you{{.rule = "what has come is read with one call, and sent with one call, as far as your buffer goes.",
                 .why = "A call costs about the same for one byte as for thousands.",
                 .read = "man 2 recv, DESCRIPTION",
                 .ask = "Q33"}};
    you.run(serve);
    Peer ann = you.connect("ann");
    ann.sends(pattern(6000));
    ann.expects_size(6000);
    ann.closes();
    you.keeps_serving();
    const int reads = you.count(Family::reading), writes = you.count(Family::writing);
    expects(reads < 600 && writes < 600, "many bytes with one call",
            std::to_string(reads) + " calls that read and " + std::to_string(writes) + " that send, for 6000 bytes");
}

TEST(Robust, KeepsNothingBack)
{
    constexpr Lesson lesson{
        .rule = "what has come is answered now: nobody knows whether more will come.",
        .why = "A full buffer does not say that there is more: a recv() for that may sleep for ever. After MSG_MORE the kernel "
               "keeps the last piece back for 200 ms, and the client waits for it.",
        .read = "man 2 recv, RETURN VALUE; man 2 send, MSG_MORE; man 7 tcp, TCP_CORK",
        .ask = "Q33, Q64"};
    for (std::size_t size = 1024; size <= 32768; size *= 2) { // it fills a buffer once, or a few times, and no byte is left
        Learner you{lesson};
        you.nth(Family::accepting, 1).pauses();
        you.run(serve);
        Peer ann = you.connect("ann");
        ann.sends(pattern(size)); // waits before you begin
        you.resume();
        you.settles();
        bool more = false; // what the last one said
        for (const CallRecord& call : you.calls())
            if (call.call == Call::send || call.call == Call::sendto || call.call == Call::sendmsg)
                more = (call.args[1] & MSG_MORE) != 0;
        expects(!more, "ann has all that she sent, and you wait for her",
                "you wait for her, and your last send() said MSG_MORE: the kernel waits for more from you");
        ann.expects_size(size);
        ann.closes();
        you.keeps_serving();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Hostile, KeepsNothingOfWhatItHasSent)
{
    Learner you{{.rule = "what is sent is not kept: a conversation may have no end, and your memory has one.",
                 .why = "A buffer that only grows, with an index of what is sent, holds each byte that the client ever said. You "
                        "may hold 1 MB of them.",
                 .read = "man 3 malloc; man 3 mallinfo",
                 .ask = "Q30, Q57"},
                {.deadline = 10s}};
    Peer cy = you.wire("cy"); // says when to look
    you.run([&] {
        std::thread looks{[&] {
            expects_to_hear(you.fd(), "begin");
            const std::size_t before = bytes_in_use();
            ::send(you.fd(), "go on", 5, MSG_NOSIGNAL);
            expects_to_hear(you.fd(), "end");
            const std::size_t after = bytes_in_use(), grown = after > before ? after - before : 0;
            expects(grown < std::size_t{3} << 20, "4 MB came and went back, and at most 1 MB of them is in your memory",
                    "it grew by " + std::to_string(grown >> 20) + " MB");
            ::send(you.fd(), "bye", 3, MSG_NOSIGNAL);
        }};
        serve();
    });
    Peer ann = you.connect("ann");
    ann.sends("hello"); // whatever you get for each client, you have now
    ann.expects("hello");
    cy.sends("begin");
    cy.expects("go on");
    for (std::size_t all = 0, piece = 1; piece != 0 && all < std::size_t{4} << 20; all += piece) {
        piece = ann.floods(std::size_t{1} << 18); // how much of it fits between you and her is for the kernel to say
        EXPECT_EQ(piece, ann.receives(piece).size()) << "bytes came back";
        if (all == 0 && you.count(Family::reading) > 4000)
            break; // who reads byte by byte would be long at this
    }
    cy.sends("end");
    cy.expects("bye");
    ann.closes();
    you.keeps_serving();
}
