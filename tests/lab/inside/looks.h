#pragma once

#include "lab/flight/flight.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

// Which descriptors a call waits for, and which were ready: kept in its event for the diagram, the first few of them.
namespace lab {

void keeps_looks(Event& event, const pollfd* fds, nfds_t n, bool has_result);
// The sets before the call, or, with `has_result`, after it.
void keeps_looks(Event& event, int n, const fd_set* in, const fd_set* out, const fd_set* except, bool has_result);
// epoll gives back what epoll_ctl() was told for a descriptor: this is how it is found again.
void remembers_epoll(int fd, const epoll_event* event);
void keeps_looks(Event& event, const epoll_event* events, int n);

} // namespace lab
