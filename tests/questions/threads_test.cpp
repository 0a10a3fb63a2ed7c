// Q65 to Q67, Q71 and Q76: threads and the sockets that they block on.
#include "acts.h"

#include <barrier>
#include <latch>
#include <memory>
#include <pthread.h>
#include <vector>

using namespace questions;
namespace wiring = lab::wiring;

namespace {

#if defined(__SANITIZE_THREAD__)
constexpr bool with_tsan = true;
#elif defined(__has_feature)
constexpr bool with_tsan = __has_feature(thread_sanitizer);
#else
constexpr bool with_tsan = false;
#endif

long status_kib(const std::string& entry) // "VmRSS:" of proc(5), /proc/[pid]/status
{
    std::ifstream file{"/proc/self/status"};
    std::string word;
    long kib = -1;
    while (file >> word)
        if (word == entry && file >> kib)
            break;
    return kib;
}

long default_stack_kib()
{
    pthread_attr_t attributes;
    std::size_t bytes = 0;
    pthread_attr_init(&attributes);
    pthread_attr_getstacksize(&attributes, &bytes);
    pthread_attr_destroy(&attributes);
    return static_cast<long>(bytes / 1024);
}

// close() beside a call that uses the descriptor is the mistake of Q67 and Q71. By this way ThreadSanitizer does not report it.
void closes_behind_its_back(int fd) { ::syscall(SYS_close, fd); }

} // namespace

// "Each thread takes the memory of its stack" predicts that both figures grow alike.
// Convinced: when each thread writes to every page of 4 MiB of its stack, the second figure grows by 800 MB and the proof is red.
TEST(Q65, AStackIsAddressesAndNotYetMemory)
{
    constexpr int threads = 200;
    const long stacks = threads * default_stack_kib();
    const long size = status_kib("VmSize:"), resident = status_kib("VmRSS:");
    long grown = 0, touched = 0;
    {
        std::latch all_there{threads}, all_may_go{1};
        std::vector<std::jthread> crowd;
        for (int i = 0; i < threads; ++i)
            crowd.emplace_back([&] {
                all_there.count_down();
                all_may_go.wait();
            });
        all_there.wait();
        grown = status_kib("VmSize:") - size;
        touched = status_kib("VmRSS:") - resident;
        all_may_go.count_down();
    }
    EXPECT_GT(grown, stacks / 2);   // not all: the library keeps some stacks of threads that have ended
    EXPECT_LT(touched, stacks / 2); // ThreadSanitizer takes a whole MiB for each thread
    observed("200 threads with stacks of " + std::to_string(stacks / threads / 1024) + " MiB: address space +" +
             std::to_string(grown / 1024) + " MiB, resident memory +" + std::to_string(touched / 1024) + " MiB");
}

// "The pool serves whoever has work" predicts an answer for the fifth client although the first four say nothing.
// "Make the pool bigger" predicts it for the second pool. Convinced: with one worker more than silent clients the answer comes at
// once and the proof is red.
TEST(Q66, SilentClientsUseUpThePool)
{
    for (const int size : {4, 8}) {
        const Fd listener{wiring::listening_socket("127.0.0.1", 16, false)};
        std::vector<Fd> silent;
        for (int i = 0; i < size; ++i)
            silent.push_back(client_of(listener));
        std::vector<std::unique_ptr<Actor>> workers;
        for (int i = 0; i < size; ++i)
            workers.push_back(std::make_unique<Actor>([&] {
                for (Fd client = accepted_from(listener); client.get() >= 0; client = accepted_from(listener)) {
                    char request[16];
                    if (::recv(client.get(), request, sizeof request, 0) > 0)
                        sends(client, "answer");
                    client.close();
                }
            }));
        const auto all_wait = [&] {
            for (const auto& worker : workers)
                if (!worker->falls_asleep_in(SYS_recvfrom))
                    return false;
            return true;
        };
        EXPECT_TRUE(all_wait());
        const Fd healthy = client_of(listener);
        sends(healthy, "request");
        EXPECT_TRUE(all_wait()); // nobody woke up, and nobody will
        EXPECT_EQ("EAGAIN", finds(healthy));
        silent[0].close();
        EXPECT_EQ("answer", gets(healthy));
        silent.clear();
        ::shutdown(listener.get(), SHUT_RD); // ends accept() in the workers: Q67
    }
    observed(
        "4 workers asleep in recv(): the 5th client got EAGAIN, and its answer when one silent client had left; 8 workers and "
        "8 silent clients: the same");
}

// "Close the descriptor, and the call fails with EBADF": the blocked accept() below takes one more client.
// Convinced: with shutdown() in place of the close it returns EINVAL and the proof is red.
TEST(Q67, CloseDoesNotWakeABlockedAccept)
{
    const int listener = wiring::listening_socket("127.0.0.1", 4, false);
    const wiring::Name there = wiring::own_name(listener);
    std::atomic<int> taken{-1};
    Actor server{[&] { taken = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); }};
    EXPECT_TRUE(server.falls_asleep_in(SYS_accept4));
    closes_behind_its_back(listener);
    EXPECT_TRUE(server.is_asleep_in(SYS_accept4));
    const Fd client{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    EXPECT_EQ(0, ::connect(client.get(), there.get(), there.size));
    server.finish();
    EXPECT_GE(taken, 0);
    observed("listener closed: accept() slept on, and then took the next client as descriptor " + std::to_string(taken));
    ::close(taken);
}

// Convinced: with SHUT_WR on the listener accept() sleeps on, and the proof hangs until its limit.
TEST(Q67, ShutdownWakesABlockedCall)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 4, false)};
    std::atomic<int> error{0};
    Actor server{[&] { error = accepted_from(listener).get() < 0 ? errno : 0; }};
    EXPECT_TRUE(server.falls_asleep_in(SYS_accept4));
    ::shutdown(listener.get(), SHUT_RDWR);
    server.finish();
    EXPECT_EQ("EINVAL", lab::errno_name(error));

    const Pair ann = tcp_pair();
    std::atomic<ssize_t> came{-2};
    Actor reader{[&] {
        char byte;
        came = ::recv(ann.server.get(), &byte, 1, 0);
    }};
    EXPECT_TRUE(reader.falls_asleep_in(SYS_recvfrom));
    ::shutdown(ann.server.get(), SHUT_RD);
    reader.finish();
    EXPECT_EQ(0, came);
    observed("shutdown(): accept() = -1 EINVAL, recv() = 0");
}

// "The other thread gets EBADF": the bytes go to a client who never asked for them.
// Convinced: without the new client the send fails with EBADF and the proof is red.
TEST(Q71, AnOldNumberReachesAStranger)
{
    const Fd listener{wiring::listening_socket("127.0.0.1", 4, false)};
    const Fd ann = client_of(listener);
    int kept = ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
    const Fd stranger = client_of(listener);
    std::barrier turn{2};
    ssize_t sent = -1;
    Actor keeper{[&] {
        const int number = kept;
        turn.arrive_and_wait(); // the owner closes now, and accepts the next client
        turn.arrive_and_wait();
        sent = ::send(number, "ann's secrets", 13, MSG_NOSIGNAL);
    }};
    turn.arrive_and_wait();
    ::close(kept);
    const Fd next = accepted_from(listener);
    turn.arrive_and_wait();
    keeper.finish();
    EXPECT_EQ(kept, next.get());
    EXPECT_EQ(13, sent);
    EXPECT_EQ("ann's secrets", gets(stranger));
    EXPECT_EQ("", gets(ann));
    observed("descriptor " + std::to_string(kept) + " was used again: send() = 13, and the 13 bytes reached the stranger");
}

// "close() ends the connection": the call that is blocked holds it. The peer gets no FIN until that call has returned.
// Convinced: with shutdown() before the close the peer finds the end at once and the proof is red.
TEST(Q71, ABlockedCallKeepsTheConnection)
{
    auto [client, server] = tcp_pair();
    const int number = server.release();
    char byte = 0;
    Actor reader{[&] { ::recv(number, &byte, 1, 0); }};
    EXPECT_TRUE(reader.falls_asleep_in(SYS_recvfrom));
    closes_behind_its_back(number);
    EXPECT_TRUE(reader.is_asleep_in(SYS_recvfrom));
    EXPECT_EQ("EAGAIN", finds(client));
    EXPECT_EQ(TCP_ESTABLISHED, info_of(client).tcpi_state);
    EXPECT_EQ(1, sends(client, "x"));
    reader.finish();
    EXPECT_EQ('x', byte);
    EXPECT_EQ("", gets(client));
    observed("closed under a blocked recv(): no FIN; recv() = 1 when a byte came; only then the FIN");
}

namespace {

// Eight threads count to 10 000 each.
template <class Count>
void counts_in_eight_threads(Count count)
{
    std::vector<std::jthread> crowd;
    for (int i = 0; i < 8; ++i)
        crowd.emplace_back([&] {
            for (int n = 0; n < 10'000; ++n)
                count();
        });
}

} // namespace

// "I made it volatile" predicts that no count is lost: then the loop below would go on to its limit.
// Convinced: with std::atomic in both places none is lost, and the proof is red after its limit.
TEST(Q76, VolatileLosesCountsAndAtomicDoesNot)
{
    std::atomic<int> exact{0};
    counts_in_eight_threads([&] { ++exact; });
    EXPECT_EQ(80'000, exact);
    if (with_tsan)
        GTEST_SKIP() << "ThreadSanitizer ends a process that has the race of the volatile one";
    volatile int counted = 0;
    EXPECT_TRUE(becomes([&] {
        counted = 0;
        counts_in_eight_threads([&] { counted = counted + 1; });
        return counted < 80'000;
    }));
    observed("8 threads, 10 000 each: std::atomic " + std::to_string(exact) + ", volatile " + std::to_string(counted));
}
