// echo_turn(), in the turns of the server that is given.
#include "echo.h"

using namespace turns;

TEST(Works, EchoesToEachItsOwn)
{
    Learner you{{.rule = "each client gets its own bytes back, whoever else is there.",
                 .why = "One thread, many clients: what belongs to a client stands with that client.",
                 .read = "man 7 epoll, EXAMPLES",
                 .ask = "Q53, Q122"}};
    you.listener(16, true);
    you.run([&] { serves(you.fd()); });
    Peer ann = you.connect("ann"), bob = you.connect("bob");
    for (const char* word : {"hello", "world"}) {
        bob.sends("bob's");
        ann.sends(word);
        ann.expects(word);
        bob.expects("bob's");
    }
    for (Peer* client : {&ann, &bob}) {
        client->finishes_writing();
        client->expects_end();
    }
    you.keeps_serving();
    EXPECT_EQ(0, you.waits_in_vain()) << "of your waits ended because time was over, and not because something came";
}

TEST(Works, AnswersWhatCameWithTheEnd)
{
    for (const std::size_t before : {0UL, 100'000UL}) { // bytes, before her last words
        Learner you{{.rule = "data and FIN in one event: first the answer to all of it, then the end.",
                     .why =
                         "EPOLLRDHUP tells of the end while bytes before it are unread, and more than one buffer, perhaps. And "
                         "with EPOLLET nothing tells of it again after a short read.",
                     .read = "man 2 epoll_ctl, EPOLLRDHUP; man 7 epoll, \"Questions and answers\"",
                     .ask = "Q78, Q84"}};
        Peer boss = you.wire("boss");
        const int listen_fd = you.listener(16, true);
        you.may_change("SO_RCVBUF or SO_SNDBUF");
        you.run([&] {
            with_buffers(listen_fd, 131072);
            Shop shop{you.fd(), listen_fd};
            shop.serves_until_told();
            wait_for_the_test();
            shop.serves_until_told();
        });
        std::vector<Peer> clients = clients_of(you, {"ann"}, {.peer_send_buffer = 200'000});
        Peer& ann = clients[0];
        boss.sends("!");
        ann.sends(pattern(before) + "last words");
        ann.finishes_writing();
        ASSERT_TRUE(you.paused());
        you.resume();
        if (before > 0)
            ann.expects_size(before);
        ann.expects("last words");
        ann.expects_end();
        boss.sends("!");
        you.finishes();
    }
}

TEST(Robust, EchoesABurst)
{
    constexpr std::size_t size = 200'000;
    Learner you{
        {.rule = "what comes in one burst comes back, to the last byte and in order, also to a client who reads late.",
         .why = "With EPOLLET the news comes once: read until EAGAIN. What send() did not take goes first in the next turn.",
         .read = "man 7 epoll, \"Level-triggered and edge-triggered\"; man 2 send, RETURN VALUE",
         .ask = "Q29, Q77, Q78"}};
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
    std::vector<Peer> clients = clients_of(you, {"ann"}, {.peer_receive_buffer = 32768, .peer_send_buffer = size});
    Peer& ann = clients[0];
    boss.sends("!");
    ann.sends(pattern(size));
    ASSERT_TRUE(you.paused());
    you.resume();
    you.settles(); // she reads late: only then is its queue full for certain
    ann.expects_size(size);
    ann.sends("and more");
    ann.expects("and more");
    ann.finishes_writing();
    ann.expects_end();
    boss.sends("!");
    you.finishes();
}

TEST(Robust, SendsTheRestAfterTheEnd)
{
    for (const std::size_t behind : {0UL, 44'000UL}) { // bytes, about: unread, behind those that are kept, and before her end
        Learner you{
            {.rule = "a client that has ended its stream still gets all its bytes, also those that wait for room.",
             .why = "A FIN says that she sends no more. She reads on, and her end stands behind her last byte, not before it.",
             .read = "man 2 shutdown; man 2 epoll_ctl, EPOLLOUT",
             .ask = "Q40, Q77, Q84"}};
        you.listener(16, true);
        you.may_change("SO_RCVBUF or SO_SNDBUF");
        you.run([&] {
            with_small_buffers(you.fd());
            serves(you.fd());
        });
        std::vector<Peer> clients = clients_of(you, {"ann"}, {.peer_receive_buffer = 32768, .peer_send_buffer = 200'000});
        Peer& ann = clients[0];
        std::size_t sent = 0;
        for (; you.bytes_taken() == bytes_sent(you) && sent < 1 << 20; sent += 4096) {
            ann.sends(pattern(4096));
            you.settles();
        }
        // More than finds room by then, and with what waits already less than what is kept. Where the kernel lost a segment and
        // sent it again, much may wait.
        if (behind > 0) {
            const std::size_t more = behind - std::min<std::size_t>(you.bytes_taken() - bytes_sent(you), 40'000);
            ann.sends(pattern(more));
            sent += more;
        }
        ann.finishes_writing();
        you.settles(); // and has seen her end before she reads
        EXPECT_EQ(sent, ann.receives_all().size()) << "bytes came back to ann, up to the end";
        you.keeps_serving();
    }
}
