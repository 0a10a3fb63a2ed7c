#pragma once

#include "lab/flight/calls.h"
#include "lab/flight/clock.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

struct sockaddr;

// The flight recorder's memory. The child (the learner's code) writes it, the parent (the test) reads it; both map the
// same pages. Plain data only: no allocation, no pointers, so that it survives any death of the child.
namespace lab {

enum class Phase : std::uint8_t { empty, entered, asleep, paused, returned };
enum class Effect : std::uint8_t { none, fails, shortens, delays, pauses, returns_late };

// Who wrote an event. Peers count from 1 in the order in which the test made them.
constexpr std::uint16_t the_learner = 0, the_clock = UINT16_MAX, the_frame = UINT16_MAX - 1;

// Where the call under test begins and ends, as the body of the test tells it: args[0] of an event of the_frame.
enum class FrameEdge : std::uint8_t { begins, ends };

struct Address {
    std::uint16_t family; // 0: none was recorded
    std::uint16_t port;   // host byte order; of a Unix socket its UnixName
    std::uint8_t ip[16];  // of a Unix socket the begin of what comes after the last slash of its name
};
enum class UnixName : std::uint16_t { none, path, abstract }; // unix(7), "Address format"

// What a call that waits asked about a descriptor, and what it was told, as poll(2) names it. Kept in `head` of an event.
struct Looked {
    static constexpr std::size_t most = 6;
    short fd, asked, ready;
};

// One call of the learner, or one act of a peer.
struct Event {
    std::atomic<Phase> phase;
    Call call;
    std::uint16_t who;
    Effect effect;
    bool slept;                                 // it found nothing to do at once; set even after it has returned
    bool in_function, may_sleep, may_say_again; // for a sweep: where faults strike, and which fit
    int thread, fd;
    long args[3];
    int patience; // milliseconds that it may sleep at most; -1: for ever
    long result;
    long datagram; // size of the datagram that it received, before it was cut to the buffer; -1: it received none
    int error;
    std::int64_t began, ended;      // nanoseconds of the learner's clock; no two moments of a run are the same
    std::uint64_t printed;          // bytes that the learner had written to stdout and stderr when the call began
    int fds_first, fds_count;       // descriptors that a message brought
    int room, filled;               // the length of an address as it went into a call, and as it came out; -1: none was given
    int unread;                     // bytes that lay there when poll() said RDHUP or HUP; -1: it did not
    int looked_at;                  // descriptors that a call waits for
    Address address, other_address; // of the call; and the socket's own, where the recorder looked it up
    std::uint8_t head_size;
    char head[40];    // the first bytes of the payload
    char text[88];    // a peer's act in words
    char control[96]; // the control messages of sendmsg() and recvmsg() in words
};

// One scripted fault: what happens to calls number first..first+times-1 of a family, or of one call of it.
struct Fault {
    Family family;
    Call call; // note: any of the family
    Effect effect;
    bool in_function; // only inside told_or_done()
    bool follows;     // only when the fault before this one has struck
    bool lasts;       // strikes also the same call again at once: a shortage is not over by asking
    int domain;       // only the socket(2) calls of this address family; 0: of any
    std::uint32_t first, times;
    long argument; // errno, bytes, or nanoseconds
    std::atomic<std::uint32_t> seen, fired, gate;
};

// What getaddrinfo() is to say about a name.
struct KnownName {
    static constexpr int max_ips = 24;
    char name[64];
    int error;        // EAI_...; 0: the addresses
    int system_error; // errno, where that is EAI_SYSTEM
    int ip_count;
    char ips[max_ips][48];
};

// The address that connect() to `port` takes for the learner's own end, as the kernel might have chosen it. `size` 0: none.
struct OwnEnd {
    std::uint16_t port; // host byte order
    unsigned size;
    alignas(8) unsigned char name[32]; // a sockaddr_in or sockaddr_in6
};

// What the learner is told in place of ::1 (inside/shown.h). `scope` 0: nothing else.
struct ShownName {
    unsigned char ip[16];
    std::uint32_t scope;
};

// What an EXPECT_* or ASSERT_* in the learner's process found.
struct Failure {
    char file[256];
    int line;
    std::uint32_t at; // the last event of its thread before it
    bool fatal, told;
    char message[2048];
};

// Reasons for which the child itself ends a run.
enum class Ending : std::uint32_t {
    none,
    busy_loop,
    threw,
    not_written,
    forked_and_returned,
    left_its_thread,
    thread_left,
    memory_leaked,
    no_recorder,
};

struct Arena {
    static constexpr std::uint32_t capacity = 4096, tail = 512; // after `capacity` events the last `tail` slots rotate
    static constexpr std::size_t max_faults = 16, max_failures = 8, max_leaks = 32, max_names = 4, max_allowed = 8;

    std::atomic<std::uint32_t> beat;     // futex word: changes with every change of phase
    std::atomic<std::uint32_t> watchers; // parents asleep on `beat`
    std::atomic<std::uint32_t> count;    // events begun
    std::atomic<std::uint32_t> halts;    // how often the body has come to wait_for_the_test()
    std::atomic<std::uint32_t> released; // futex word: how many of these the test has let go on
    std::atomic<std::uint32_t> ready;    // the learner's function has begun
    std::atomic<std::uint32_t> returned; // the learner's function is over
    std::atomic<std::uint32_t> finished; // and judged by the child
    std::atomic<Ending> ending;
    std::atomic<std::uint32_t> in_function;      // the body is inside told_or_done()
    std::atomic<std::uint32_t> rounds;           // how often it has come there
    std::atomic<std::uint32_t> forks;            // processes that the learner made
    std::atomic<std::uint32_t> threads;          // and threads
    std::atomic<std::uint32_t> waits_for_others; // inside/turns.h
    Clock clock;
    std::uint32_t idle_limit; // calls in a row that move nothing: a busy loop; 0: no limit
    std::uint32_t fault_count, name_count;
    int receive_buffer, send_buffer; // of each socket that it connects; 0: the kernel's choice
    std::atomic<std::uint32_t> failure_count;
    std::uint32_t leak_count; // all of them; the first max_leaks are kept
    int leaks[max_leaks];
    std::atomic<std::uint32_t> throws; // exceptions that it threw
    std::uint32_t allowed_count, change_count;
    char allowed[max_allowed][24];     // what the test lets it change, by name
    char changed[384];                 // "left O_NONBLOCK set on descriptor 3"
    bool lost[3];                      // standard descriptors that it closed; 0 is nobody's loss
    int lent;                          // how many descriptors the test handed over: 3, 4...
    int process;                       // the learner's own, not one that it forked
    int output;                        // descriptor, in the test's process, of the learner's captured stdout and stderr
    std::uint64_t moved_in, moved_out; // bytes, at the end, by the TCP descriptors that were handed over: as the kernel counts
    std::uint64_t urgent;              // bytes that peers sent beside the stream: the kernel counts them as well
    char what[512];                    // of the exception that ended it
    Fault faults[max_faults];
    KnownName names[max_names];
    OwnEnd own_end;
    ShownName shown_name;
    Failure failures[max_failures];
    Event events[capacity];

    Event& event(std::uint32_t i) { return events[slot(i)]; }
    const Event& event(std::uint32_t i) const { return events[slot(i)]; }
    // The next event after `i` that is still kept: the middle of a very long flight is overwritten.
    std::uint32_t next(std::uint32_t i) const
    {
        const std::uint32_t n = count;
        ++i;
        return n > capacity && i >= capacity - tail && i < n - tail ? n - tail : i;
    }

private:
    static std::uint32_t slot(std::uint32_t i) { return i < capacity ? i : capacity - tail + (i - capacity) % tail; }
};

// The arena that this process records into; null in the test's own process, where every call passes straight through.
extern Arena* recording;
inline bool is_the_child() { return recording != nullptr; }

std::uint64_t now_ns(); // the machine's CLOCK_MONOTONIC
void beat(Arena& arena);
Address address_of(const sockaddr* from, std::size_t size);
Event& begin_event(Arena& arena, std::uint16_t who, Call call, int fd);

// Whether `condition` holds for a call of the learner; stops at the first.
template <class Condition>
bool any_call(const Arena& arena, Condition condition)
{
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i))
        if (arena.event(i).who == the_learner && condition(arena.event(i)))
            return true;
    return false;
}

} // namespace lab
