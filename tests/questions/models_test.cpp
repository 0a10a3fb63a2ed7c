// Q121, Q122, Q133 and Q141: who waits, in which thread, and who copies.
#include "states.h"
#include "streams.h"
#include "uring.h"

#include <array>
#if defined(__cpp_impl_coroutine)
#include <coroutine>
#endif
#include <csignal>
#include <fcntl.h>
#include <sys/eventfd.h>

using namespace questions;

// "Non-blocking is asynchronous", or "epoll is": in four of the five models recv() copies, in my thread, after the news. Only the
// fifth says that it is done. Convinced: with a poll request in place of the receive the bytes are still in the kernel, and the
// last part is red.
TEST(Q121, OnlyTheFifthModelBringsTheBytes)
{
    const Pair ann = tcp_pair();
    {
        Actor blocked{[&] { EXPECT_EQ(5, ::recv(ann.server.get(), std::array<char, 5>{}.data(), 5, 0)); }};
        EXPECT_TRUE(blocked.falls_asleep_in(SYS_recvfrom)); // 1: blocking
        sends(ann.client, "hello");
    }
    EXPECT_EQ("EAGAIN", finds(ann.server)); // 2: non-blocking
    sends(ann.client, "hello");
    EXPECT_EQ(POLLIN, comes(ann.server, POLLIN)); // 3: multiplexing
    EXPECT_EQ(5, asks(ann.server, FIONREAD));     // they wait in the kernel
    EXPECT_EQ("hello", finds(ann.server));

    sigset_t news;
    ::sigemptyset(&news);
    ::sigaddset(&news, SIGIO);
    ::pthread_sigmask(SIG_BLOCK, &news, nullptr);
    const f_owner_ex me{F_OWNER_TID, static_cast<pid_t>(::syscall(SYS_gettid))};
    EXPECT_EQ(0, ::fcntl(ann.server.get(), F_SETOWN_EX, &me));
    EXPECT_EQ(0, ::fcntl(ann.server.get(), F_SETFL, O_ASYNC));
    sends(ann.client, "hello");
    const timespec limit{4, 0};
    EXPECT_EQ(SIGIO, ::sigtimedwait(&news, nullptr, &limit)); // 4: signal-driven
    EXPECT_EQ(0, ::fcntl(ann.server.get(), F_SETFL, 0));
    EXPECT_EQ("hello", gets(ann.server));

    Uring ring;
    if (!ring.works())
        GTEST_SKIP() << "the first four are shown; io_uring is forbidden or old here: " << lab::errno_name(errno);
    char buffer[8] = {};
    EXPECT_EQ(1, ring.submits({receive_request(ann.server, buffer, sizeof buffer)}));
    sends(ann.client, "hello");
    EXPECT_EQ(5, ring.waits_for_result()); // 5: asynchronous
    EXPECT_STREQ("hello", buffer);
    EXPECT_EQ("EAGAIN", finds(ann.server));
    observed("blocking: asleep in recv(); non-blocking: EAGAIN; poll() and SIGIO: 5 bytes wait for recv(); io_uring: they are in "
             "my buffer");
}

namespace {

// One loop in one thread: it answers whatever a connection says, but for "wait" its handler blocks until somebody opens the gate.
class CallbackLoop {
public:
    explicit CallbackLoop(const Fd& gate)
        : thread_{[this, &gate] {
              for (epoll_event event; ::epoll_wait(epoll_.get(), &event, 1, -1) == 1 && event.data.fd != stop_.get();) {
                  char request[8] = {};
                  ::recv(event.data.fd, request, sizeof request, 0);
                  std::uint64_t opened = 0;
                  if (request[0] == 'w') {
                      EXPECT_EQ(8, ::read(gate.get(), &opened, sizeof opened));
                  }
                  ::send(event.data.fd, "answer", 6, MSG_NOSIGNAL);
              }
          }}
    {
        serves(stop_);
    }
    ~CallbackLoop() { ::eventfd_write(stop_.get(), 1); }
    void serves(const Fd& connection) const { adds(epoll_, connection, EPOLLIN); }
    bool is_blocked() const { return thread_.falls_asleep_in(SYS_read); }

private:
    Fd epoll_{::epoll_create1(EPOLL_CLOEXEC)}, stop_{::eventfd(0, EFD_CLOEXEC)};
    Actor thread_;
};

} // namespace

// "One loop is enough, epoll does the rest": a handler that blocks stops each connection of its loop, and no other loop.
// Convinced: with both connections in the first loop of two, the last answer does not come and the proof is red.
TEST(Q122, AHandlerThatBlocksStopsItsLoopOnly)
{
    for (const int loops : {1, 2}) {
        const Pair ann = tcp_pair(), bob = tcp_pair();
        const Fd gate{::eventfd(0, EFD_CLOEXEC)};
        const CallbackLoop first{gate}, second{gate};
        first.serves(ann.server);
        (loops == 1 ? first : second).serves(bob.server);
        sends(ann.client, "wait");
        EXPECT_TRUE(first.is_blocked());
        sends(bob.client, "hello");
        EXPECT_EQ(loops == 1 ? "EAGAIN" : "answer", loops == 1 ? finds(bob.client) : gets(bob.client)); // asleep elsewhere
        EXPECT_EQ(0, ::eventfd_write(gate.get(), 1));
        EXPECT_EQ("answer", gets(ann.client));
        EXPECT_EQ(loops == 1 ? "answer" : "EAGAIN", loops == 1 ? gets(bob.client) : finds(bob.client));
    }
    observed("ann's handler blocks: in one loop bob gets nothing until it ends, in a loop of his own his answer at once");
}

// "A queue with two calls in place of one": many requests go with one, and a file is as good as a socket. Convinced: without the
// sends three results are missing and the proof is red.
TEST(Q133, OneCallForManyReceivesAndFilesToo)
{
    Uring ring;
    if (!ring.works())
        GTEST_SKIP() << "io_uring is forbidden or old here: " << lab::errno_name(errno);
    const std::array<Pair, 3> pairs{tcp_pair(), tcp_pair(), tcp_pair()};
    const Fd file{::memfd_create("file", MFD_CLOEXEC)};
    EXPECT_EQ(4, ::write(file.get(), "file", 4));
    std::array<std::array<char, 8>, 4> buffers{};
    io_uring_sqe from_file = receive_request(file, buffers[3].data(), 4);
    from_file.opcode = IORING_OP_READ;
    EXPECT_EQ(4, ring.submits({receive_request(pairs[0].server, buffers[0].data(), 8),
                               receive_request(pairs[1].server, buffers[1].data(), 8),
                               receive_request(pairs[2].server, buffers[2].data(), 8), from_file}));
    for (const Pair& pair : pairs)
        sends(pair.client, "hello");
    EXPECT_TRUE(ring.waits_for_results(4));
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_STREQ("hello", buffers[i].data());
    EXPECT_STREQ("file", buffers[3].data());
    const Fd loop{::epoll_create1(EPOLL_CLOEXEC)}, disk{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
    EXPECT_EQ("EPERM", said(adds(loop, disk, EPOLLIN)));
    observed("3 receives and a read of a file: 1 call to submit, 1 to wait, 4 results; epoll: a file is EPERM, and each recv() "
             "is a call");
}

#if defined(__cpp_impl_coroutine)

namespace {

// A loop that resumes the coroutine which waits for a descriptor.
class Scheduler {
public:
    struct Readable {
        const Fd& loop;
        const Fd& fd;
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> whoever) const
        {
            epoll_event event{.events = EPOLLIN | EPOLLONESHOT, .data = {.ptr = whoever.address()}};
            if (::epoll_ctl(loop.get(), EPOLL_CTL_MOD, fd.get(), &event) < 0)
                ::epoll_ctl(loop.get(), EPOLL_CTL_ADD, fd.get(), &event);
        }
        void await_resume() const {}
    };
    Readable readable(const Fd& fd) const { return {loop_, fd}; }
    void resumes_one() const
    {
        epoll_event event{};
        ASSERT_EQ(1, ::epoll_wait(loop_.get(), &event, 1, 4000));
        std::coroutine_handle<>::from_address(event.data.ptr).resume();
    }

private:
    Fd loop_{::epoll_create1(EPOLL_CLOEXEC)};
};

struct Conversation {
    struct promise_type {
        Conversation get_return_object() { return {}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; } // the frame goes with the end of the function
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

// Straight code, as if each recv() blocked.
Conversation counts_lines(const Scheduler& loop, const Fd& fd, std::thread::id& thread)
{
    int lines = 0;
    for (;;) {
        co_await loop.readable(fd);
        if (finds(fd).empty())
            co_return;
        thread = std::this_thread::get_id();
        sends(fd, std::to_string(++lines));
    }
}

} // namespace

// "co_await blocks the thread", or "it starts one". Convinced: with one count for all, a static one, the second answer is 2 and
// the proof is red.
TEST(Q141, ACoroutineGivesTheThreadBack)
{
    const Scheduler loop;
    Pair ann = tcp_pair(), bob = tcp_pair();
    std::thread::id anns, bobs;
    counts_lines(loop, ann.server, anns); // returns at the first co_await: nothing has come
    counts_lines(loop, bob.server, bobs);
    for (const auto& [client, answer] : {std::pair{&ann.client, "1"}, std::pair{&bob.client, "1"}, std::pair{&ann.client, "2"}}) {
        sends(*client, "line");
        loop.resumes_one();
        EXPECT_EQ(answer, gets(*client)); // each has its own count
    }
    EXPECT_EQ(std::this_thread::get_id(), anns);
    EXPECT_EQ(anns, bobs);
    for (Pair* pair : {&ann, &bob}) {
        pair->client.close();
        loop.resumes_one(); // or its frame would never be freed
    }
    observed("two conversations in one thread, each with its own count: 1, 1, 2");
}

#else

TEST(Q141, ACoroutineGivesTheThreadBack) { GTEST_SKIP() << "this compiler has no C++20 coroutines"; }

#endif
