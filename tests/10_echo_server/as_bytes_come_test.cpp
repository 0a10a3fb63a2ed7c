#include "serving.h"

#include <sys/socket.h>

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
