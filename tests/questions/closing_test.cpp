// Q39 to Q46: closing.
#include "states.h"

#include <fcntl.h>

using namespace questions;

// "They are the same" predicts the end of the stream at the first close(), too.
// Convinced: without the dup() the peer finds the end at once, and the proof is red.
TEST(Q39, CloseDropsAReferenceShutdownEndsTheStream)
{
    Pair pair = tcp_pair();
    const Fd copy{::fcntl(pair.server.get(), F_DUPFD_CLOEXEC, 0)};
    pair.server.close();
    EXPECT_EQ("5", said(sends(copy, "hello"))); // the connection lives
    EXPECT_EQ("hello", gets(pair.client));
    const std::string open = finds(pair.client);
    EXPECT_EQ("EAGAIN", open);
    const Fd another{::fcntl(copy.get(), F_DUPFD_CLOEXEC, 0)};
    EXPECT_EQ(0, ::shutdown(copy.get(), SHUT_WR)); // for all holders
    EXPECT_EQ("", gets(pair.client));
    EXPECT_EQ("EPIPE", said(sends(another, "x")));
    observed("close() of one of two descriptors: the peer's recv() says " + open + "; SHUT_WR with two open: 0");
}

// "TIME_WAIT is always at the client" predicts it at the client's port in the second half.
// Convinced: with the order of the two closes exchanged it is there, and the proof is red.
TEST(Q41, WhoClosesFirstIsInTimeWait)
{
    if (time_wait_is_full())
        GTEST_SKIP() << "as many connections as net.ipv4.tcp_max_tw_buckets are in TIME_WAIT already";
    Pair pair = tcp_pair();
    const Ports port{pair};
    EXPECT_EQ(0, ::shutdown(pair.server.get(), SHUT_WR));
    EXPECT_TRUE(becomes([&] { return state_of(pair.server) == TCP_FIN_WAIT2; }));
    EXPECT_EQ(TCP_CLOSE_WAIT, state_of(pair.client));
    pair.client.close();
    EXPECT_TRUE(becomes([&] { return is_in_time_wait(port.server, port.client); }));
    EXPECT_FALSE(is_in_time_wait(port.client, port.server));
    EXPECT_EQ(TCP_CLOSE, state_of(pair.server)); // what the descriptor has left
    observed("the server closed first: server FIN_WAIT2, client CLOSE_WAIT; then TIME_WAIT for the server's port, none for the "
             "client's; TCP_INFO on the server's descriptor: " +
             std::to_string(state_of(pair.server)));
}

// "A reset means that the other side crashed" predicts none here: all that resets is this healthy process.
// Convinced: with the unread bytes read first, linger off, or the queue accepted first that part is red.
TEST(Q42, HealthyProgramsReset)
{
    const ClosedPort closed;
    const Fd refused{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const std::string no_listener = said(::connect(refused.get(), closed.name.get(), closed.name.size));
    EXPECT_EQ("ECONNREFUSED", no_listener);

    Pair unread = tcp_pair();
    sends(unread.client, "unread");
    EXPECT_NE(0, comes(unread.server, POLLIN));
    unread.server.close();
    const std::string after_unread = gets(unread.client);
    EXPECT_EQ("ECONNRESET", after_unread);

    Pair abort = tcp_pair();
    EXPECT_TRUE(set_linger(abort.server, 0));
    abort.server.close();
    const std::string after_linger = gets(abort.client);
    EXPECT_EQ("ECONNRESET", after_linger);

    Fd listener{wiring::listening_socket("127.0.0.1", 1, false)};
    const Fd waiting = client_of(listener);
    EXPECT_NE(0, comes(listener, POLLIN));
    listener.close();
    const std::string after_listener = gets(waiting);
    EXPECT_EQ("ECONNRESET", after_listener);

    Pair late = tcp_pair();
    late.server.close();
    EXPECT_EQ("", gets(late.client)); // a FIN
    sends(late.client, "too late");
    EXPECT_NE(0, comes(late.client, POLLERR));
    const std::string after_late = said(sends(late.client, "x"));
    EXPECT_EQ("EPIPE", after_late);
    observed("nobody listens: " + no_listener + "; bytes unread: " + after_unread + "; linger {1, 0}: " + after_linger +
             "; listener closed: " + after_listener + "; bytes for a closed socket: " + after_late);
}

// "It is the graceful close option" predicts that close() of a non-blocking socket does not wait.
// Convinced: without the option close() returns before anybody reads, and the proof is red.
TEST(Q43, ALingeringCloseBlocks)
{
    Pair pair = tcp_pair(4096, 1 << 16);
    wiring::set_nonblocking(pair.server.get(), true);
    const std::string text = lab::pattern(32 * 1024);
    ASSERT_EQ("32768", said(sends(pair.server, text)));
    EXPECT_TRUE(set_linger(pair.server, 10));
    std::atomic<bool> returned{false};
    const int fd = pair.server.release();
    std::string result;
    Actor actor{[&] {
        result = said(::close(fd));
        returned = true;
    }};
    EXPECT_TRUE(actor.falls_asleep_in(SYS_close));
    EXPECT_FALSE(returned);
    const std::string read = reads_to_the_end(pair.client); // now our kernel has the acknowledgements, and close() returns
    actor.finish();
    EXPECT_EQ("0", result);
    EXPECT_EQ("32768 and the end", read);

    Pair abort = tcp_pair();
    const Ports port{abort};
    EXPECT_TRUE(set_linger(abort.server, 0));
    abort.server.close();
    EXPECT_EQ("ECONNRESET", gets(abort.client));
    EXPECT_EQ(0, state_in_proc(port.server, port.client));
    observed("{1, 10}, non-blocking: close() slept until the peer had read all, then 0; {1, 0}: the peer got ECONNRESET, and "
             "there was no TIME_WAIT");
}

// "It frees the port", or "closed means free", predicts no line in the table and a bind() that works.
// Convinced: with linger {1, 0} at the server there is no TIME_WAIT, the port is free, and the proof is red.
TEST(Q44, APortInTimeWaitIsBusyAfterBothClosed)
{
    if (time_wait_is_full())
        GTEST_SKIP() << "as many connections as net.ipv4.tcp_max_tw_buckets are in TIME_WAIT already";
    Fd listener{wiring::listening_socket(lab::private_loopback(), 1, false)};
    const wiring::Name name = wiring::own_name(listener.get());
    Pair pair{client_of(listener), accepted_from(listener)};
    const Ports port{pair};
    listener.close();
    pair.server.close();
    EXPECT_EQ("", gets(pair.client));
    pair.client.close();
    EXPECT_TRUE(becomes([&] { return is_in_time_wait(port.server, port.client); }));
    const Fd again{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const std::string plain = said(::bind(again.get(), name.get(), name.size));
    EXPECT_EQ("EADDRINUSE", plain);
    EXPECT_TRUE(set_option(again, SOL_SOCKET, SO_REUSEADDR, 1));
    const std::string reusing = said(::bind(again.get(), name.get(), name.size));
    EXPECT_EQ("EADDRINUSE", reusing); // the old socket had not set it
    observed("both sides closed, no descriptor left: /proc/net/tcp has the server's port in state 06, bind() says " + plain);
}

// "The kernel cleans up" predicts that the state changes without us.
// Convinced: with a close() of our descriptor before the looks the proof is red.
TEST(Q46, CloseWaitWaitsForUs)
{
    Pair pair = tcp_pair();
    const Ports port{pair};
    pair.server.close();
    EXPECT_NE(0, comes(pair.client, POLLRDHUP));
    EXPECT_TRUE(becomes([&] { return state_in_proc(port.server, port.client) == TCP_FIN_WAIT2; })); // all that the peer can do
    for (int look = 0; look < 1000; ++look)
        ASSERT_EQ(TCP_CLOSE_WAIT, state_of(pair.client)) << "look " << look;
    EXPECT_EQ("4", said(sends(pair.client, "data"))); // for this it waits: we may still have something to say
    EXPECT_TRUE(becomes([&] { return state_of(pair.client) == TCP_CLOSE; }));

    Pair other = tcp_pair();
    const Ports others{other};
    other.server.close();
    EXPECT_NE(0, comes(other.client, POLLRDHUP));
    EXPECT_TRUE(becomes([&] { return state_in_proc(others.client, others.server) == TCP_CLOSE_WAIT; }));
    other.client.close();
    EXPECT_TRUE(becomes([&] { return state_in_proc(others.client, others.server) == 0; }));
    observed("the peer had closed: TCP_INFO said CLOSE_WAIT (8) at 1000 looks; after our close() the connection was gone");
}
