// Clients that would have more than their share.
#include "echo.h"

using namespace turns;

namespace {

constexpr std::size_t most = 65536; // bytes a turn, and bytes kept

} // namespace

TEST(Hostile, ServesASmallOneBesideAFlooder)
{
    constexpr std::size_t flood = 300'000;
    Learner you{{.rule = "a turn takes 64 KiB of a client at most: who has little to say is served in the same turn.",
                 .why = "\"Read until EAGAIN\" has no end where the client is faster than you.",
                 .read = "man 7 epoll, \"Possible pitfalls and ways to avoid them\", starvation",
                 .ask = "Q85"}};
    Peer boss = you.wire("boss");
    const int listen_fd = you.listener(16, true);
    you.run([&] {
        Shop shop{you.fd(), listen_fd};
        shop.serves_until_told();
        wait_for_the_test();
        turn(shop.reactor());
        wait_for_the_test();
        shop.serves_until_told();
    });
    std::vector<Peer> clients = clients_of(you, {"eve", "bob"});
    Peer &eve = clients[0], &bob = clients[1];
    boss.sends("!");
    eve.sends(pattern(flood));
    bob.sends("hello");
    ASSERT_TRUE(you.paused());
    const std::size_t before = you.bytes_taken();
    you.resume();
    ASSERT_TRUE(you.paused());
    EXPECT_LE(you.bytes_taken() - before, most + 5) << "bytes were read in one turn, nearly all of them from eve";
    bob.expects("hello");
    you.resume();
    eve.expects_size(flood);
    for (Peer& client : clients) {
        client.finishes_writing();
        client.expects_end();
    }
    boss.sends("!");
    you.finishes();
}

TEST(Hostile, DoesNotWaitForOneWhoDoesNotRead)
{
    Learner you{
        {.rule = "of a client that does not read, 64 KiB are kept and no more is read. The server sleeps, and serves others.",
         .why = "A send() that blocks stops everybody. A queue without an end is memory that a stranger controls.",
         .read = "man 2 send, MSG_DONTWAIT and EAGAIN; man 2 epoll_ctl, EPOLLOUT",
         .ask = "Q57, Q69, Q77"}};
    you.listener(16, true);
    you.may_change("SO_RCVBUF or SO_SNDBUF");
    you.run([&] {
        with_small_buffers(you.fd());
        serves(you.fd());
    });
    Peer eve = you.connect("eve", {.peer_receive_buffer = 32768}), bob = you.connect("bob");
    const std::size_t sent = eve.floods(1 << 20);
    bob.sends("hello");
    bob.expects("hello");
    EXPECT_LE(you.bytes_taken() - bytes_sent(you), most) << "bytes are kept for eve";
    EXPECT_LT(you.bytes_taken(), sent) << "were read, which is all that she sent";
    eve.finishes_writing();
    EXPECT_EQ(sent, eve.receives_all().size()) << "bytes came back to eve, up to the end";
    bob.closes();
    you.keeps_serving();
}

TEST(Hostile, SurvivesThoseWhoReset)
{
    Learner you{
        {.rule = "a client that is gone ends its own connection, whatever the server did with it: no signal, no exception.",
         .why = "The reset comes as EPOLLERR and EPOLLHUP, and from recv() or send() as an errno. Who writes without "
                "MSG_NOSIGNAL dies of the second.",
         .read = "man 2 send, MSG_NOSIGNAL and EPIPE; man 2 recv, ECONNRESET",
         .ask = "Q31, Q61, Q74"}};
    Peer boss = you.wire("boss");
    const int listen_fd = you.listener(16, true);
    you.may_change("SO_RCVBUF or SO_SNDBUF");
    you.run([&] {
        with_small_buffers(listen_fd);
        Shop shop{you.fd(), listen_fd};
        shop.serves_until_told();
        wait_for_the_test();
        shop.serves_until_told();
    });
    {
        std::vector<Peer> clients = clients_of(you, {"ann", "bob", "eve"}, {.peer_receive_buffer = 32768});
        clients[0].resets(); // while nothing is on its way
        clients[2].floods(1 << 20);
        clients[2].resets(); // while something waits for her
        boss.sends("!");
        clients[1].sends("hello");
        clients[1].finishes_writing();
        clients[1].resets(); // between the end of his stream and the answer: EPIPE, and not ECONNRESET
    }
    ASSERT_TRUE(you.paused());
    you.resume();
    Peer carol = you.connect("carol");
    carol.sends("hello");
    carol.expects("hello");
    boss.sends("!");
    you.finishes();
}
