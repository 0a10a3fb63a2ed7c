// Q69, Q75, Q89 and Q119: servers with many clients.
#include "acts.h"

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

// Another soft RLIMIT_NOFILE, for as long as this lives.
class DescriptorLimit {
public:
    explicit DescriptorLimit(rlim_t wanted)
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        now_ = std::min(wanted, before_.rlim_max);
        const rlimit limit{now_, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    DescriptorLimit(const DescriptorLimit&) = delete;
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    rlim_t now() const { return now_; }

private:
    rlimit before_{};
    rlim_t now_ = 0;
};

int free_numbers_below(int limit)
{
    int n = 0;
    for (int fd = 0; fd < limit; ++fd)
        n += ::fcntl(fd, F_GETFD) < 0;
    return n;
}

} // namespace

// "A blocking send with a timeout will do": while it waits for the silent client, the reader gets nothing.
// Convinced: with the reader first in the list it gets the message and the silence is broken.
TEST(Q69, ABlockingSendStopsAllOthers)
{
    lab::Learner you;
    lab::Peer silent = you.wire("silent", {.learner_send_buffer = 4096, .peer_receive_buffer = 4096});
    lab::Peer reader = you.wire("reader");
    const std::string message(1 << 16, 'm');
    you.run([&] {
        for (int client : {you.fd(0), you.fd(1)})
            ::send(client, message.data(), message.size(), MSG_NOSIGNAL);
    });
    ASSERT_TRUE(you.asleep_in(lab::Family::writing));
    reader.expects_silence();
    observed("asleep in send() to the client that never reads; the reader has 0 bytes");
    you.is_killed();
}

// Convinced: without the cap the silent client stays, and its queue grows to the full megabyte.
TEST(Q69, AQueueWithACapServesTheReader)
{
    constexpr std::size_t cap = 1 << 18;
    struct Client {
        Pair wire = tcp_pair(4096, 4096);
        std::string queue;
        bool cut = false;
        void flush()
        {
            const ssize_t n = ::send(wire.server.get(), queue.data(), queue.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            queue.erase(0, n > 0 ? static_cast<std::size_t>(n) : 0);
        }
    } silent, reader;
    const std::string message(1 << 16, 'm');
    std::size_t read = 0, most = 0;
    for (int i = 0; i < 16; ++i) {
        for (Client* client : {&silent, &reader})
            if (!client->cut) {
                client->queue += message;
                client->flush();
                most = std::max(most, client->queue.size());
                client->cut = client->queue.size() > cap;
            }
        while (!reader.queue.empty()) {
            read += gets(reader.wire.client, 1 << 16).size();
            reader.flush();
        }
    }
    while (read < 16 * message.size() && comes(reader.wire.client, POLLIN) != 0)
        read += finds(reader.wire.client, 1 << 16).size();
    EXPECT_EQ(16 * message.size(), read);
    EXPECT_FALSE(reader.cut);
    EXPECT_TRUE(silent.cut);
    EXPECT_LE(most, cap + message.size());
    observed("the reader got " + std::to_string(read) + " bytes; the silent client was cut with " + std::to_string(most) +
             " bytes in its queue");
}

// "65 535, because ports are 16 bits" predicts that the limit of descriptors changes nothing.
// Convinced: with a limit of 40 more descriptors all 30 clients are accepted and the proof is red.
TEST(Q75, DescriptorsAreTheLimitAndNotPorts)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 64, true)};
    std::vector<Fd> clients, accepted;
    for (int i = 0; i < 30; ++i)
        clients.push_back(client_of(listener));
    std::set<int> ports;
    int error = 0, room = 0;
    {
        const DescriptorLimit limit{static_cast<rlim_t>(clients.back().get()) + 11};
        room = free_numbers_below(static_cast<int>(limit.now()));
        for (;;) {
            Fd next = accepted_from(listener);
            error = errno;
            if (next.get() < 0)
                break;
            ports.insert(wiring::port_of(wiring::own_name(next.get())));
            accepted.push_back(std::move(next));
        }
    }
    EXPECT_EQ("EMFILE", lab::errno_name(error));
    EXPECT_EQ(room, static_cast<int>(accepted.size()));
    EXPECT_EQ(1u, ports.size());
    observed("room for " + std::to_string(room) + " descriptors: " + std::to_string(accepted.size()) + " of 30 accepted, then " +
             lab::errno_name(error) + "; local ports in use: " + std::to_string(ports.size()));
}

// "The kernel cleans up" predicts an end of file for clients that wait in the queue.
// Convinced: with an accept() before the close the client gets the end and the proof is red.
TEST(Q89, ClosingTheListenerResetsItsQueue)
{
    Fd listener{wiring::listening_socket("127.0.0.1", 4, false)};
    const Fd client = client_of(listener);
    listener.close();
    EXPECT_EQ("ECONNRESET", gets(client));
    observed("connected, not accepted, listener closed: recv() = -1 ECONNRESET");
}

// A group of four: the other three do not take over the queue of the one that closes.
// Convinced: with net.ipv4.tcp_migrate_req = 1 in a network namespace none is reset and the proof would be red.
TEST(Q89, AReuseportGroupDoesNotSaveTheQueue)
{
    if (lab::kernel_setting("net/ipv4/tcp_migrate_req") != 0)
        GTEST_SKIP() << "net.ipv4.tcp_migrate_req moves the queue here";
    std::vector<Fd> group;
    wiring::Name there = wiring::name_of("127.0.0.1", 0);
    for (int i = 0; i < 4; ++i) {
        group.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        set_option(group.back(), SOL_SOCKET, SO_REUSEPORT, 1);
        ASSERT_EQ(0, ::bind(group.back().get(), there.get(), there.size));
        ASSERT_EQ(0, ::listen(group.back().get(), 100));
        there = wiring::own_name(group.back().get());
    }
    std::vector<Fd> clients;
    for (int i = 0; i < 100; ++i)
        clients.push_back(client_of(group[0]));
    for (const Fd& listener : group) // each handshake is complete, and the client stands in a queue
        comes(listener, POLLIN);
    group[0].close();
    long reset = 0;
    becomes([&] {
        reset = std::count_if(clients.begin(), clients.end(), [](const Fd& c) { return comes(c, 0, 0) != 0; });
        return reset > 0;
    });
    EXPECT_GT(reset, 0);
    EXPECT_LT(reset, 100);
    observed("one of four listeners closed: " + std::to_string(reset) + " of 100 waiting clients were reset");
}

// "Use epoll, done": it tells who is ready, and it goes on telling what the server cannot do.
// Convinced: with room for one more descriptor the accept() works and the second part is red.
TEST(Q119, EpollFindsTheActiveOneAndNotTheRoom)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 64, true)}, loop{::epoll_create1(EPOLL_CLOEXEC)};
    std::vector<Fd> clients, servers;
    epoll_event events[8];
    const auto reported = [&] { return ::epoll_wait(loop.get(), events, 8, 0); };
    const DescriptorLimit wide{2200};
    const auto most = std::min<std::size_t>(1000, (wide.now() - 100) / 2);
    while (servers.size() < most) {
        clients.push_back(client_of(listener));
        comes(listener, POLLIN);
        servers.push_back(accepted_from(listener));
        ASSERT_EQ(0, adds(loop, servers.back(), EPOLLIN));
    }
    sends(clients[most / 2], "x");
    comes(servers[most / 2], POLLIN);
    EXPECT_EQ(1, reported());
    EXPECT_EQ(servers[most / 2].get(), events[0].data.fd);
    EXPECT_EQ("x", finds(servers[most / 2]));

    const Fd late = client_of(listener);
    comes(listener, POLLIN);
    adds(loop, listener, EPOLLIN);
    const DescriptorLimit none{static_cast<rlim_t>(late.get()) + 1};
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(1, reported()); // a loop that only tries again spins here
        EXPECT_EQ(-1, accepted_from(listener).get());
        EXPECT_EQ(EMFILE, errno);
    }
    EXPECT_EQ(0, ::epoll_ctl(loop.get(), EPOLL_CTL_DEL, listener.get(), nullptr)); // until there is room
    EXPECT_EQ(0, reported());
    servers.pop_back();
    EXPECT_GE(accepted_from(listener).get(), 0);
    observed(std::to_string(most) +
             " connections, 1 active: 1 event; no descriptor left: EMFILE and the same event 1000 times; " +
             "out of the set: 0 events");
}
