// Q84, Q85, Q112 and Q113: how a server of one thread takes turns.
#include "acts.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

// What a server makes of what it reads: answers, as many as requests are complete in its buffer.
class Requests {
public:
    explicit Requests(bool keeps_the_rest) : keeps_the_rest_{keeps_the_rest} {}
    int reads(const std::string& bytes)
    {
        buffer_ = keeps_the_rest_ ? buffer_ + bytes : bytes;
        int answers = 0;
        for (std::size_t head; (head = buffer_.find("\r\n\r\n")) != std::string::npos; ++answers) {
            const std::size_t field = buffer_.find("Content-Length: ");
            const std::size_t body = field < head ? std::stoul(buffer_.substr(field + 16)) : 0;
            if (buffer_.size() < head + 4 + body)
                break;
            buffer_.erase(0, keeps_the_rest_ ? head + 4 + body : std::string::npos);
        }
        return answers;
    }

private:
    std::string buffer_;
    bool keeps_the_rest_;
};

// Each direction ends by itself: the end of one stream is handed on, and the other direction goes on. An error ends both: the
// next close() of either side is a reset.
void relays(int one, int two)
{
    const auto fails = [&](ssize_t n) {
        if (n >= 0 || errno == EAGAIN)
            return false;
        for (const int fd : {one, two}) {
            const linger abort{1, 0};
            ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        }
        return true;
    };
    struct Way {
        int from, to;
        std::string held = {};
        bool at_end = false, done = false;
    } ways[] = {{one, two}, {two, one}};
    while (!ways[0].done || !ways[1].done) {
        pollfd entries[2];
        for (int i : {0, 1}) {
            const bool reads = !ways[i].at_end && ways[i].held.empty(), writes = !ways[1 - i].held.empty();
            const int events = (reads ? POLLIN : 0) | (writes ? POLLOUT : 0);
            entries[i] = {events != 0 ? ways[i].from : -1, static_cast<short>(events), 0};
        }
        ::poll(entries, 2, -1);
        for (int i : {0, 1}) {
            Way& way = ways[i];
            if ((entries[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && way.held.empty() && !way.at_end) {
                way.held.resize(1 << 16);
                const ssize_t n = ::recv(way.from, way.held.data(), way.held.size(), MSG_DONTWAIT);
                if (fails(n))
                    return;
                way.held.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
                way.at_end = n == 0;
            }
            if (!way.held.empty()) {
                const ssize_t n = ::send(way.to, way.held.data(), way.held.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
                if (fails(n))
                    return;
                way.held.erase(0, n > 0 ? static_cast<std::size_t>(n) : 0);
            }
            if (way.at_end && way.held.empty() && !way.done)
                way.done = ::shutdown(way.to, SHUT_WR) == 0;
        }
    }
}

} // namespace

// "Test EPOLLRDHUP first and close at once": the request is thrown away, and the client gets a reset.
// Convinced: a server that reads before it closes gives the second client its answer, too.
TEST(Q84, CloseOnRdhupLosesTheRequest)
{
    for (const bool reads_first : {true, false}) {
        Pair ann = tcp_pair();
        const Fd loop{::epoll_create1(EPOLL_CLOEXEC)};
        sends(ann.client, "request");
        ::shutdown(ann.client.get(), SHUT_WR);
        EXPECT_EQ(POLLRDHUP, comes(ann.server, POLLRDHUP));
        adds(loop, ann.server, EPOLLIN | EPOLLRDHUP);
        epoll_event event{};
        ASSERT_EQ(1, ::epoll_wait(loop.get(), &event, 1, 4000));
        EXPECT_EQ(0x2001u, event.events);
        if (reads_first && finds(ann.server) == "request")
            sends(ann.server, "answer");
        ann.server.close();
        EXPECT_EQ(reads_first ? "answer" : "ECONNRESET", gets(ann.client));
    }
    observed("one event, 0x2001; who reads first: \"answer\"; who closes first: ECONNRESET");
}

// "Always drain until EAGAIN": then the line of the second client waits for all bytes of the first.
// Convinced: without the budget the first figure is as high as the second and the proof is red.
TEST(Q85, ABudgetLetsTheNextClientIn)
{
    const auto waited_for = [](std::size_t budget) { // bytes of the fast client that are read before the line of the other
        const Pair fast = tcp_pair(), bob = tcp_pair();
        const std::string block(1 << 16, 'f');
        while (::send(fast.client.get(), block.data(), block.size(), MSG_DONTWAIT) > 0) {
        }
        sends(bob.client, "line");
        comes(bob.server, POLLIN);
        int queued = 0; // more than the budget stands in the queue before the loop starts
        EXPECT_TRUE(becomes([&] { return ::ioctl(fast.server.get(), FIONREAD, &queued) == 0 && queued > 1 << 15; }));
        const Fd loop{::epoll_create1(EPOLL_CLOEXEC)};
        adds(loop, fast.server, EPOLLIN | EPOLLET), adds(loop, bob.server, EPOLLIN | EPOLLET);
        epoll_event events[2];
        EXPECT_EQ(2, ::epoll_wait(loop.get(), events, 2, 0));
        EXPECT_EQ(fast.server.get(), events[0].data.fd); // it was ready first
        std::size_t before = 0;
        for (std::string got; before < budget && (got = finds(fast.server, 4096)) != "EAGAIN";)
            before += got.size();
        EXPECT_EQ("line", finds(bob.server));
        return before;
    };
    const std::size_t with = waited_for(1 << 14), without = waited_for(SIZE_MAX);
    EXPECT_EQ(1u << 14, with);
    EXPECT_GT(without, with);
    observed("the line waited for " + std::to_string(with) + " bytes of the fast client with a budget, for " +
             std::to_string(without) + " without");
}

// "One recv() is one request": of two requests in one piece it loses the second, and of one in many pieces it makes none.
// Convinced: with `true` for both servers the second gives three answers, too, and the proof is red.
TEST(Q112, TheRestOfTheBufferIsTheNextRequest)
{
    const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", post = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
    const auto answers = [&](bool keeps_the_rest) {
        const Pair ann = tcp_pair();
        Requests server{keeps_the_rest};
        sends(ann.client, post + get);
        int sum = server.reads(gets(ann.server, 1000));
        for (const char byte : get) {
            sends(ann.client, {&byte, 1});
            sum += server.reads(gets(ann.server, 1000));
        }
        return sum;
    };
    EXPECT_EQ(3, answers(true));
    EXPECT_EQ(1, answers(false));
    observed("two requests in one send() and one byte by byte: 3 answers; with one request for each recv(): 1");
}

// "Close both at the first EOF": the client that half-closes after its request would get nothing of the answer.
// Convinced: with both directions done at the first end the client gets 0 bytes and the proof is red.
TEST(Q113, EachDirectionEndsByItself)
{
    lab::Learner you;
    lab::Peer ann = you.wire("ann"), server = you.wire("server");
    you.run([&] { relays(you.fd(0), you.fd(1)); });
    ann.sends("request");
    ann.finishes_writing();
    server.expects("request");
    server.expects_end();
    server.sends(lab::pattern(400'000));
    server.finishes_writing();
    ann.expects_size(400'000);
    ann.expects_end();
    observed("the server answered after it saw the end: the half-closed client got 400000 bytes");
    you.finishes();
}

// A relay that reads on while nobody takes its bytes grows without bound. Convinced: with `reads` true at all times, and held
// bytes added up, it takes everything that the server floods and the proof is red.
TEST(Q113, ASlowReaderStopsTheFastWriter)
{
    lab::Learner you;
    lab::Peer ann = you.wire("ann", {.learner_send_buffer = 1 << 14, .peer_receive_buffer = 1 << 14});
    lab::Peer server = you.wire("server", {.learner_receive_buffer = 1 << 14, .peer_send_buffer = 1 << 14});
    you.run([&] { relays(you.fd(0), you.fd(1)); });
    const std::size_t taken = server.floods(1 << 24);
    EXPECT_LT(taken, 1u << 20); // four buffers of the kernel and 64 KiB of the relay
    observed("nobody reads: the flood of 16 MiB stopped after " + std::to_string(taken) + " bytes");
    you.is_killed();
}

// "An error is an end, too" predicts the end of the stream, and half an answer that looks whole.
// Convinced: with `fails` always false the client finds the end, or the relay never ends, and the proof is red.
TEST(Q113, AResetTravels)
{
    for (const bool server_resets : {true, false}) {
        Pair ann = tcp_pair(), server = tcp_pair(); // the relay has ann.server and server.client
        Actor relay{[&] {
            relays(ann.server.get(), server.client.get());
            ann.server.close();
            server.client.close();
        }};
        sends(ann.client, "request");
        EXPECT_EQ("request", gets(server.server));
        sends(server.server, "half an ");
        EXPECT_EQ("half an ", gets(ann.client));
        Fd &one = server_resets ? server.server : ann.client, &other = server_resets ? ann.client : server.server;
        const linger abort{1, 0};
        ::setsockopt(one.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        one.close();
        EXPECT_EQ("ECONNRESET", gets(other));
    }
    observed("the server reset in the middle of its answer: the client got ECONNRESET, and not an end; and the other way round");
}
