#include "room.h"

using namespace room;

TEST(Robust, KeepsTheChatWhicheverCallFails)
{
    whichever_call_fails([] {
        Learner you{{.rule = "whichever call fails: it costs one client its connection at most, or it is told. The chat goes on.",
                     .why = "What recv() or send() says about one client is no matter of the others. ENOMEM of poll() is told.",
                     .read = "man 2 recv, ERRORS; man 2 send, ERRORS; man 2 poll, ERRORS; man 2 accept, ERRORS",
                     .ask = "Q21, Q68"}};
        Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), carol = comes(you, "carol");
        you.run([] {
            Log log;
            told_then_done([&] { serves({}, log); });
            expects(log.story.size() <= 1, "at most one client is lost", told(log.story));
        });
        you.time_passes(100ms); // for a pause, where accept() has failed
        for (Peer* client : {&ann, &bob, &carol, &ann})
            client->sends("hello\n");
        Peer dan = you.connect("dan"), eve = you.connect("eve");
        you.time_passes(100ms);
        dan.sends("is somebody left?\n");
        eve.expects("is somebody left?\n");
        ends(you, owner);
    });
}
