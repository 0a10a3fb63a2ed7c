// What else comes: urgent data, signals, a line without an end.
#include "room.h"

#include <csignal>

using namespace room;

TEST(Hostile, AnUrgentByteIsNoReasonToGo)
{
    Learner you{{.rule = "an urgent byte is not in the stream: it is part of no line, and its client stays.",
                 .why =
                     "select() calls its third set \"exceptional conditions\", and poll() says POLLPRI: that is MSG_OOB of the "
                     "peer, and no error. Errors can be read, or are POLLERR.",
                 .read = "man 2 poll, POLLPRI; man 2 select, exceptfds; man 7 tcp, \"Sockets API\"",
                 .ask = "Q68"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    chats(you);
    ann.sends("hel");
    ann.sends_urgently('!');
    ann.sends("lo\n");
    bob.expects("hello\n");
    ann.sends_urgently('!');
    bob.expects_silence();
    talk(bob, ann);
    ends(you, owner);
}

TEST(Robust, LetsNoBlockedSignalIn)
{
    Learner you{{.rule = "a signal that the owner has blocked waits until he wants it: your sleep does not let it in.",
                 .why =
                     "ppoll() sleeps with the mask that it is given. An empty one opens what was closed, and here SIGTERM ends "
                     "the process. What shall end the chat is stop_fd.",
                 .read = "man 2 poll, ppoll(); man 7 signal, \"Signal mask and pending signals\"",
                 .ask = "Q88, Q89"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob");
    you.run([] {
        Log log;
        while_a_signal_is_blocked([&] { serves({}, log); });
        expects_story(log, {});
    });
    talk(ann, bob);
    ends(you, owner);
}

TEST(Hostile, StopsALineWithoutEnd)
{
    Learner you{{.rule = "a line that never ends costs its client the connection, and the server no memory.",
                 .why = "A server that waits for the \"\\n\" keeps all that comes before it: as much as a stranger likes.",
                 .read = "RFC 9293 section 2.2",
                 .ask = "Q50"}};
    Peer owner = opens(you), ann = comes(you, "ann"), bob = comes(you, "bob"), mallory = comes(you, "mallory");
    chats(you, {"mallory said too much"});
    mallory.floods(1 << 20);
    mallory.expects_close();
    EXPECT_LE(you.bytes_taken(), 2u * 65536u) << "bytes were read of a line that may have 4096";
    ann.expects_silence();
    talk(ann, bob);
    ends(you, owner);
}
