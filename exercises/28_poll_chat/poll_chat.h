#pragma once

#include "02_address/address.h"

#include <cstddef>

namespace kata {

// Why somebody is a client no more.
enum class Left {
    ended,    // it had ended its stream; now its connection is gone altogether, or its place was needed
    lost,     // its connection failed before that: it was reset, or recv(2) or send(2) had another errno
    too_slow, // more than max_queue bytes waited for it
    too_long, // it sent a line of more than max_line bytes
};

// The owner's: hears of each client that was accepted and left, once. Not of those whom the end of the server closes.
struct ChatLog {
    virtual ~ChatLog() = default;
    virtual void left(const Endpoint& client, Left why) noexcept = 0;
};

struct ChatLimits {
    std::size_t max_line = 4096;   // bytes of a line, without its "\n"
    std::size_t max_queue = 65536; // bytes that wait for one client because its kernel does not take them now
};

// Serves a chat in one thread, and sleeps while nothing happens. `listen_fd` is a non-blocking listener. Returns when `stop_fd`
// can be read, or is at its end, and then closes all clients, whatever waits for them. Both descriptors stay the caller's, and
// unread. Throws std::system_error with the errno of poll(2), or of accept(2) when no client can come any more (EINVAL: the
// listener was shut down; EPERM, EACCES: a rule of this machine forbids the call); the clients are closed then, too.
//
// Lines. Each line that comes goes to every other client who is there, unchanged, in one piece, and at once. A line ends with
// "\n"; every other byte is part of it. The last line of a stream may lack its "\n" and gets one. A line that is too long costs
// its client the connection as soon as that can be seen; what the client had said before stays said.
//
// The slow. No client waits for another. What its kernel does not take waits in the client's queue, and a client for whom more
// than max_queue bytes wait is closed at once. No more than 64 KiB of one client are read before all others had their turn.
//
// The leaving. A client that ends its stream (SHUT_WR) still hears. It is let go when its connection is gone, which often shows
// only when something is sent to it. One that is reset is heard out first: all lines that came before the reset still go to the
// others, half a line does not. None of this touches anybody else.
//
// Shortage (EMFILE, ENFILE, ENOBUFS, ENOMEM of accept(2)). Those who have ended their streams are let go, one at least, for they
// may be dead. Whoever could not be accepted keeps its place in the queue, and is tried again after at most 100 ms; no CPU
// meanwhile.
//
//   chat_server(listener.get(), signals.get(), {.max_queue = 1 << 20}, log);
void chat_server(int listen_fd, int stop_fd, const ChatLimits& limits, ChatLog& log);

} // namespace kata
