#include "room.h"

using namespace room;

namespace {

// What a call on a client's socket may cost it. EAGAIN and EINTR cost nothing.
bool was_short_of_memory(const Learner& you)
{
    const std::vector<CallRecord> all = you.calls();
    return std::any_of(all.begin(), all.end(),
                       [](const CallRecord& call) { return call.result < 0 && (call.error == ENOMEM || call.error == ENOBUFS); });
}

} // namespace

TEST(Robust, KeepsTheChatWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "whichever call fails: one client may lose its connection, or it is told. The chat goes on.",
                     .why = "ENOMEM of one client is no matter of the others, and EAGAIN is nobody's: an event is a hint. ENOMEM "
                            "of poll() is told.",
                     .read = "man 2 recv, ERRORS; man 2 send, ERRORS; man 2 poll, ERRORS; man 2 accept, ERRORS",
                     .ask = "Q21, Q68"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
        you.run([] {
            Log log;
            told_then_done([&] { serves({}, log); });
            expects(log.story.size() <= 1, "at most one client is lost", told(log.story));
        });
        you.time_passes(100ms); // for the pause, where accept() has failed
        for (Peer* client :
             {&ann, &bob, &carol, &ann}) // four: by now no call that costs one client its connection fails any more
            client->sends("hello\n");
        Peer eve = you.connect("eve"), dan = you.connect("dan");
        dan.sends("is somebody left?\n");
        eve.expects("is somebody left?\n");
        const bool may_be_lost = was_short_of_memory(you);
        for (const Peer* client : {&ann, &bob, &carol})
            EXPECT_TRUE(may_be_lost || client->is_connected())
                << client->name() << " lost its connection, and no memory was short";
        ends(you, owner);
    });
}
