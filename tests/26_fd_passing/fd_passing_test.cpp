// One descriptor, from one process to the other.
#include "door.h"

#include <sys/socket.h>
#include <unistd.h>

using namespace lab;

TEST(Works, PassesADescriptorThatWorksThere)
{
    Learner you{{.rule = "a descriptor is passed in an SCM_RIGHTS control message, with at least one byte beside it.",
                 .why = "Its number means nothing in another process: the kernel must install the open file there. And without a "
                        "byte of data a stream sends nothing at all: sendmsg() gives 0.",
                 .read = "man 7 unix, \"Ancillary messages\"; man 3 cmsg, EXAMPLES",
                 .ask = "Q106, Q102"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob"), eve = you.wire("eve");
    you.run([&] {
        passes(you.fd(0), kata::UniqueFd{you.fd(1)}, 'c');
        passes(you.fd(0), kata::UniqueFd{you.fd(2)}, 'd');
    });
    bob.sends("are you there?");
    Peer other_end = ann.expects_descriptor("c", "ann's new end");
    other_end.expects("are you there?");
    other_end.sends("yes");
    bob.expects("yes");
    ann.expects_descriptor("d", "ann's second end").sends("hello");
    eve.expects("hello");
    you.finishes();
}

TEST(Works, TakesADescriptorThatWorksHere)
{
    Learner you{{.rule = "what comes is a new number for the same open file, and the byte beside it is its tag.",
                 .why =
                     "recvmsg() puts the number into the control buffer that you gave it, in a message of level SOL_SOCKET and "
                     "type SCM_RIGHTS.",
                 .read = "man 7 unix, \"Ancillary messages\"; man 3 cmsg, EXAMPLES",
                 .ask = "Q106, Q102"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.run([&] {
        const kata::UniqueFd client = takes(you.fd(), 'c');
        expects_to_hear(client.get(), "are you there?");
        ::send(client.get(), "yes", 3, MSG_NOSIGNAL);
        expects_closed_on_exec(client.get());
    });
    bob.peer.sends("are you there?");
    ann.passes("c", {bob.end.get()});
    bob.end.reset();
    bob.peer.expects("yes");
    bob.peer.expects_end();
    you.finishes();
    for (const CallRecord& c : you.calls())
        EXPECT_TRUE(c.call != Call::recvmsg || (c.args[1] & MSG_CMSG_CLOEXEC) != 0)
            << "between your recvmsg() and the call that sets close-on-exec another thread may fork(): MSG_CMSG_CLOEXEC";
}

TEST(Works, TellsTheEndOfTheStream)
{
    Learner you{{.rule = "recvmsg() == 0 is the end of the stream, a value and no error; what was sent before it comes first.",
                 .why = "The other process has closed its end. poll() says POLLHUP at once, also while a descriptor still waits.",
                 .read = "man 2 recv, RETURN VALUE; man 2 poll, POLLHUP",
                 .ask = "Q33, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    ann.passes("c", {bob.end.get()});
    bob.end.reset();
    ann.closes();
    you.run([&] {
        ::send(takes(you.fd(), 'c').get(), "hello", 5, MSG_NOSIGNAL);
        expects(!takes(you.fd()).has_value(), "nullopt", "a descriptor");
        expects_open(you.fd(), "after the end of the stream");
    });
    bob.peer.expects("hello");
    you.finishes();
}

TEST(Robust, KeepsNoCopyOfWhatItPassed)
{
    Learner you{{.rule = "what was sent belongs to the message: close your copy, or the connection cannot end.",
                 .why =
                     "The kernel sends FIN when the last copy of a descriptor is closed, in whatever process. And a message on "
                     "its way is a copy, too: closing yours at once is safe.",
                 .read = "man 7 unix, \"Ancillary messages\"; man 2 close, NOTES",
                 .ask = "Q106, Q46"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob");
    you.run([&] {
        kata::UniqueFd client{you.fd(1)};
        passes(you.fd(0), std::move(client), 'c');
        expects(client.get() == -1, "the caller's UniqueFd owns nothing when it was sent", std::to_string(client.get()));
        expects_closed(you.fd(1), "when it was sent");
        wait_for_the_test(); // alive, with all that it holds
    });
    ASSERT_TRUE(you.paused());
    ann.expects_descriptor("c", "ann's new end"); // and it dies at once
    bob.expects_end();
    you.finishes();
}

TEST(Robust, KeepsWhatItCouldNotPass)
{
    Learner you{{.rule = "what was not sent is still the caller's, open, and the error says why: EPIPE, and no SIGPIPE.",
                 .why =
                     "The caller may want to serve the client itself now. On a Unix socket the first write after the end of the "
                     "other side fails.",
                 .read = "man 7 unix, ERRORS, EPIPE; man 2 send, MSG_NOSIGNAL",
                 .ask = "Q105, Q106, Q31"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob");
    ann.closes();
    you.run([&] {
        kata::UniqueFd client{you.fd(1)};
        expects_error(EPIPE, [&] { passes(you.fd(0), std::move(client), 'c'); });
        expects(client.get() == you.fd(1), "the caller's UniqueFd still owns descriptor " + std::to_string(you.fd(1)),
                std::to_string(client.get()));
        expects_error(EBADF, [&] { passes(63, std::move(client), 'c'); });
        expects(client.get() == you.fd(1), "it is still the caller's, whatever the error", std::to_string(client.get()));
        kata::UniqueFd nothing;
        expects_error(EBADF, [&] { passes(you.fd(0), std::move(nothing), 'c'); });
        ::send(you.fd(1), "sorry", 5, MSG_NOSIGNAL);
    });
    bob.expects("sorry");
    you.finishes();
}

TEST(Robust, TellsThatTooManyAreOnTheirWay)
{
    Learner you{{.rule = "ETOOMANYREFS is an error like any other: thrown, and the descriptor is still the caller's.",
                 .why =
                     "More descriptors are on their way than the process may have open, and nobody takes them. The wire is not "
                     "full: neither a wait nor SO_SNDTIMEO has anything to do with that. The caller may serve the client.",
                 .read = "man 7 unix, ERRORS, ETOOMANYREFS",
                 .ask = "Q106"}};
    Peer ann = you.unix_wire("ann"), bob = you.wire("bob");
    you.every(Family::writing).fails(ETOOMANYREFS);
    you.run([&] {
        kata::UniqueFd client{you.fd(1)};
        expects_error(ETOOMANYREFS, [&] { passes(you.fd(0), std::move(client), 'c'); });
        expects(client.get() == you.fd(1), "the caller's UniqueFd still owns descriptor " + std::to_string(you.fd(1)),
                std::to_string(client.get()));
    });
    you.finishes();
}

TEST(Robust, PassesAndTakesDescriptor0)
{
    Learner you{{.rule = "0 is a descriptor like any other; only -1 is none.",
                 .why = "The kernel installs the lowest free number. The test closed standard input before, as daemons do.",
                 .read = "man 2 open, DESCRIPTION (\"lowest-numbered\"); man 7 unix, SCM_RIGHTS",
                 .ask = "Q106, Q9"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    ann.passes("c", {bob.end.get()});
    bob.end.reset();
    you.run([&] {
        ::close(0);
        kata::UniqueFd client = takes(you.fd(), 'c');
        expects(client.get() == 0, "the free number 0", std::to_string(client.get()));
        passes(you.fd(), std::move(client), 'd');
    });
    ann.expects_descriptor("d", "ann's new end").sends("hello");
    bob.peer.expects("hello");
    you.finishes();
}

TEST(Robust, TakesOneMessageAtATime)
{
    Learner you{{.rule = "one call takes one byte and what travels with it: what follows is the caller's.",
                 .why =
                     "A stream keeps no limits between messages. Who reads more than a byte takes the bytes of the next one, or "
                     "the descriptor of the next with the tag of this one.",
                 .read = "man 7 unix, \"Ancillary messages\"; man 2 recv",
                 .ask = "Q34, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"}, eve{you, "eve"};
    you.run([&] {
        const kata::UniqueFd first = takes(you.fd(), 'a');
        expects_to_hear(you.fd(), "-more");
        const kata::UniqueFd second = takes(you.fd(), '\0'); // a tag like any other
        takes(you.fd(), '\xff');                             // so is this one
        ::send(first.get(), "to bob", 6, MSG_NOSIGNAL);
        ::send(second.get(), "to eve", 6, MSG_NOSIGNAL);
        expects_to_hear(you.fd(), "the end");
    });
    ann.passes("a-more", {bob.end.get()});
    ann.passes({"\0", 1}, {eve.end.get()});
    ann.passes("\xff", {eve.end.get()});
    ann.sends("the end");
    bob.peer.expects("to bob");
    eve.peer.expects("to eve");
    you.finishes();
}

TEST(Robust, FindsItBehindOtherMessages)
{
    Learner you{{.rule = "other control messages come along, and yours is where the walk through them comes to it.",
                 .why =
                     "The caller has switched on SO_PASSCRED: who sent it stands before the descriptor now. Only level and type "
                     "together say what a message is.",
                 .read = "man 7 unix, SCM_CREDENTIALS; man 3 cmsg, DESCRIPTION",
                 .ask = "Q102, Q106"}};
    Peer ann = you.unix_wire("ann");
    Line bob{you, "bob"};
    you.may_change("SO_PASSCRED"); // by the test
    you.run([&] {
        int on = 1;
        socklen_t size = sizeof on;
        EXPECT_EQ(0, ::setsockopt(you.fd(), SOL_SOCKET, SO_PASSCRED, &on, size));
        const kata::UniqueFd client = takes(you.fd(), 'c');
        ::send(client.get(), "hello", 5, MSG_NOSIGNAL);
        EXPECT_EQ(0, ::getsockopt(you.fd(), SOL_SOCKET, SO_PASSCRED, &on, &size));
        expects(on == 1, "the caller's SO_PASSCRED is still on", "it is off");
    });
    ann.passes("c", {bob.end.get()});
    bob.peer.expects("hello");
    you.finishes();
}
