#pragma once

#include "05_accept/accept.h"

#include <cstddef>
#include <optional>

namespace kata {

// Takes clients from a listener, also when the process, or the machine, has no descriptor left for them. Not for two threads at
// once.
class Acceptor {
public:
    // `listen_fd` is a non-blocking listener. It stays the caller's: nothing of it is changed, kept open, or closed. Takes a
    // descriptor in reserve (an open file of its own, close-on-exec), or throws std::system_error with errno.
    explicit Acceptor(int listen_fd);

    // Hands over the client that has waited longest, as accept_one() (05) does; waits for one if nobody is there. nullopt when
    // none came in time, or when one was shed. Each call deals with one client at most: those whom the caller has go on between.
    //
    // `limit_ms` is as in poll(2), below 0 for ever and 0 for a look, and is for the whole call: neither a signal nor a client
    // who was gone begins it again or ends it. While it waits, it sleeps.
    //
    // EMFILE, ENFILE: the client is shed. The reserve is closed, the client is accepted with its descriptor and closed at once,
    // and the reserve is taken again. So the client sees an end, not silence, and the listener is not left readable for ever.
    //
    // ENOBUFS, ENOMEM, or no reserve to give up, or not even so a descriptor (another thread was faster): the client keeps its
    // place in the queue; tries again after a moment, 1 to 100 ms, until the time is over. With a limit of 0 it does not sleep
    // for that either. A reserve that was lost is taken again as soon as one is free, before the next client is accepted.
    //
    // Other errors of accept_one() and poll(2) are thrown (EINVAL: no listener any more), those of the second accept, too: only
    // that one tells them while descriptors are short. What is no descriptor, -1 too, is EBADF; the constructor may say it.
    std::optional<Accepted> next(int limit_ms);

    std::size_t shed() const { return shed_; } // how many clients were shed so far; one who was gone by then is none

private: // yours: change what stands below as you like
    bool shed_one();
    int listen_fd_;
    UniqueFd reserve_;
    std::size_t shed_ = 0;
};

//   Acceptor door{listen_fd};
//   for (;;) {
//       if (std::optional<Accepted> client = door.next(100))
//           clients.push_back(std::move(client->fd));
//       serve_those_who_wait(clients);
//   }

} // namespace kata
