#include "room.h"

#include "03_bind/bind.h"
#include "04_listen/listen.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <thread>

using namespace room;

namespace {

// What a call on a client's socket may cost it. EAGAIN and EINTR cost nothing.
bool was_short_of_memory(const Learner& you)
{
    const std::vector<CallRecord> all = you.calls();
    return std::any_of(all.begin(), all.end(),
                       [](const CallRecord& call) { return call.result < 0 && (call.error == ENOMEM || call.error == ENOBUFS); });
}

// A room of its own, with one client who has spoken, until the cue comes.
void serves_another_room(int cue)
{
    const kata::Bound door = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
    kata::listen_on(door.fd.get());
    ::fcntl(door.fd.get(), F_SETFL, O_NONBLOCK);
    const kata::UniqueFd carol = kata::open_socket(AF_INET, SOCK_STREAM);
    EXPECT_EQ(0, ::connect(carol.get(), door.local.address(), door.local.size));
    ::send(carol.get(), "NOT FOR BOB!\n", 13, MSG_NOSIGNAL);
    Log log;
    kata::chat_server(door.fd.get(), cue, {}, log);
}

} // namespace

TEST(Robust, SharesNothingWithAnotherChat)
{
    Learner you{{.rule = "two chats may run at the same time, each in its thread: nobody hears what is said in the other one.",
                 .why = "A static buffer is one for all threads: the words of one room stand where those of the other were.",
                 .read = "man 7 attributes, MT-Safe; C++ standard, [basic.stc.static]",
                 .ask = "Q53, Q76"}};
    Peer owner = opens(you), cue = you.wire("the cue"), ann = comes(you, "ann"), bob = comes(you, "bob");
    you.nth(Family::reading, 1).returns_late();
    you.run([&you] {
        Log log;
        std::thread first{[&log] { serves({}, log); }};
        expects_to_hear(you.fd(2), "now");
        serves_another_room(you.fd(2));
        first.join();
        expects_story(log, {});
    });
    ann.sends("hello, bob!!\n"); // in the first room, whose thread has not seen it yet
    you.settles();
    cue.sends("now");
    you.settles();
    you.resume();
    bob.expects("hello, bob!!\n");
    cue.sends("stop");
    ends(you, owner);
}

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
