#pragma once

#include "lab/flight/flight.h"

#include <cstddef>

struct iovec;

// The child's side of the recorder. Used by the shims only; not built with sanitizers, so that it sees every call first.
namespace lab {

enum class Kind : std::uint8_t { unknown, stream, datagram, counter, other, ignored };

// What `fd` is. Ordinary files and the standard streams are `ignored`: their calls are not recorded. A `counter` gives a number
// and no bytes: eventfd, timerfd, signalfd.
Kind kind_of(int fd);
void forget_kind(int fd);
bool is_recorded(int fd);
bool is_blocking(int fd); // O_NONBLOCK is off
bool is_open(int fd);
bool has_to_wait(int fd); // it is blocking, and nothing has come
// It is ready, and an epoll has told that once (EPOLLET): who believes an EAGAIN now waits for ever, and the kernel says none.
bool has_told_its_edge(int fd, short ready);
void keep_edges(int fd, bool edges);
// What SO_RCVTIMEO or SO_SNDTIMEO of it says, in nanoseconds; `never`: no limit. Where the learner has set it, as it has set it:
// the kernel rounds up to its own ticks.
std::int64_t time_limit_of(int fd, int option);
void keep_time_limit(int fd, int option, std::int64_t limit);
// The address that the socket really has (name_call: SYS_getsockname), so that a test can find a learner who bound port 0; or
// that of its peer (SYS_getpeername).
void keep_name(Address& address, int fd, long name_call);
// The length of an address as it goes into a call that fills it in, and as it comes out.
inline void keep_room(Event& event, const sockaddr* address, const unsigned* size)
{
    if (address != nullptr && size != nullptr)
        event.room = static_cast<int>(*size);
}
inline void keep_filled(Event& event, const unsigned* size, long result)
{
    if (event.room >= 0 && result >= 0)
        event.filled = static_cast<int>(*size);
}
int unread_bytes(int fd); // -1 where the kernel does not say

constexpr int max_vector = 64; // entries of an iovec array that the shims carry over
std::size_t size_of(const iovec* vector, int count);

// One call, from its entry to its return.
class Recording {
public:
    explicit Recording(Call call, int fd, long a = 0, long b = 0, long c = 0);
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    // True when the test made the call fail: do not make it, return done(-1).
    bool is_failed() const { return failed_; }
    int failure() const { return failed_ ? event_.error : 0; }
    void withdraw_failure(); // the call ended otherwise
    // How many of `n` bytes the test lets through.
    std::size_t limit(std::size_t n) const
    {
        return limit_ >= 0 && n > static_cast<std::size_t>(limit_) ? static_cast<std::size_t>(limit_) : n;
    }
    // Copies `from` to `to`, trimmed to that limit; returns how many entries are left.
    int limit(const iovec* from, int count, iovec* to, int room) const;

    Event& event() { return event_; }
    void falls_asleep(long patience_ms);
    // How long SO_RCVTIMEO or SO_SNDTIMEO lets a call on this socket sleep, should it sleep. Nanoseconds, or `never`.
    std::int64_t keeps_patience_of_socket(int timeout_option);
    void keeps_head(const void* bytes, long size);
    void keeps_head(const iovec* vector, int count, long size);

    // Stamps the end of the call and gives `result` back. errno is what the learner will see: that of the call if it failed,
    // else what it was before, whatever the recorder did in between.
    long done(long result);
    int opened(int result); // the same, for a call whose result is a new descriptor

private:
    void keep_what_fits();
    bool fits(const Fault& fault) const;
    void apply(Fault& fault);
    void hold_back(long result);
    bool peeks() const;
    void count_idle_calls(long result);

    const int errno_before_;
    Arena& arena_;
    Event& event_;
    long limit_ = -1;
    bool failed_ = false, is_refused_again_ = false;
};

} // namespace lab
