#pragma once

#include "lab/flight/flight.h"

// In the child: what belongs to the caller, as it was before the learner's function and as it is after it. Of each descriptor
// that was handed over and is still open: its flags and socket options. Of the process: signal mask, dispositions, interval
// timers, umask, working directory.
namespace lab {

// `count` descriptors from 3 on.
void remember_what_is_lent(int count);
// Writes into arena.changed what is another now: "left O_NONBLOCK set on descriptor 3". Always in the same order.
void keep_what_changed(Arena& arena);
// The same for a socket that the function made: what is another there than on a new one of its kind, which is close-on-exec.
void compare_with_a_new_socket(int fd);

} // namespace lab
