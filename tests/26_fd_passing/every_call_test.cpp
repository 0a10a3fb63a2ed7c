// Whichever call fails.
#include "door.h"

#include <sys/socket.h>

using namespace lab;

TEST(Robust, ListensOrTellsWhichCallFailed)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, nothing is left open, and the next try succeeds.",
                            .why = "A try that failed behind its bind() leaves a socket file, and nobody behind it.",
                            .read = "man 2 bind, ERRORS; man 2 listen, ERRORS; man 7 unix, ERRORS",
                            .ask = "Q107, Q72"};
    whichever_call_fails([&] {
        const Folder folder;
        Learner you{lesson};
        you.run([&] {
            kata::UniqueFd listener, client;
            told_then_done([&] { listener = listens_at(folder / "door"); });
            client.reset(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            ucred who{};
            told_then_done([&] { who = kata::peer_credentials(client.get()); });
            expects(who.uid == ::geteuid(), "the user of this test", std::to_string(who.uid));
        });
        Peer ann = you.connect_to_path(folder / "door", "ann");
        you.finishes();
    });
}

TEST(Robust, LeavesTheOtherServerWhicheverCallFails)
{
    constexpr Lesson lesson{.rule = "whichever call fails: the file of a server that lives stays its own.",
                            .why = "Who cannot ask, for want of a descriptor, does not know that nobody lives there.",
                            .read = "man 2 socket, EMFILE; man 7 unix, ERRORS",
                            .ask = "Q107, Q72"};
    whichever_call_fails([&] {
        const Folder folder;
        const kata::UniqueFd other = bound_to(folder / "door", SOCK_STREAM);
        ASSERT_EQ(0, ::listen(other.get(), 4));
        Learner you{lesson};
        you.run([&] {
            told_or_done([&] {
                try {
                    listens_at(folder / "door");
                    ADD_FAILURE() << "you listen where another server lives";
                } catch (const std::system_error& e) {
                    if (e.code().value() != EADDRINUSE)
                        throw;
                }
            });
        });
        you.finishes();
        EXPECT_TRUE(leads_to_somebody(folder / "door", SOCK_STREAM)) << "the server at \"door\" cannot be reached any more";
    });
}

TEST(Robust, PassesOrTellsWhichCallFailed)
{
    constexpr Lesson lesson{.rule = "whichever call fails: its errno is thrown, and the next try can do better.",
                            .why = "What was not sent is still the caller's. What was not received is still in the socket.",
                            .read = "man 2 sendmsg, ERRORS; man 2 recvmsg, ERRORS",
                            .ask = "Q106, Q72"};
    whichever_call_fails([&] {
        Learner you{lesson};
        Peer ann = you.unix_wire("ann");
        Line bob{you, "bob"};
        ann.passes("c", {bob.end.get()});
        bob.end.reset();
        you.run([&] {
            kata::UniqueFd client;
            told_then_done([&] { client = takes(you.fd(), 'c'); });
            told_then_done([&] { passes(you.fd(), std::move(client), 'd'); });
        });
        ann.expects_descriptor("d", "ann's new end").sends("hello");
        bob.peer.expects("hello");
        bob.peer.expects_end();
        you.finishes();
    });
}
