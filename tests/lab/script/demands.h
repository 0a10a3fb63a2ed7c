#pragma once

#include <functional>
#include <string>
#include <string_view>

// For the body of run(): demands on descriptors and exceptions. A failure says what was expected and what came, in words. The
// kernel is asked behind the recorder's back, so that the diagram shows the learner's calls only.
namespace lab {

// `when` goes on with the sentence: "after its owner died".
void expects_open(int fd, const std::string& when, const char* file = __builtin_FILE(), int line = __builtin_LINE());
void expects_closed(int fd, const std::string& when, const char* file = __builtin_FILE(), int line = __builtin_LINE());
// A program that is started by exec does not inherit it.
void expects_closed_on_exec(int fd, const char* file = __builtin_FILE(), int line = __builtin_LINE());

void expects_socket(int family, int type, int fd, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// The socket `fd`, which the function made, has the flags and options that a new one has, and is close-on-exec. The verdict says
// what is left of how it was made: "left TCP_NODELAY of descriptor 3 at 1 (it was 0)".
void expects_as_new(int fd);

// `call` throws std::system_error with this errno.
void expects_error(int error, const std::function<void()>& call, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE());

// Any other demand.
void expects(bool holds, const std::string& expected, const std::string& came, const char* file = __builtin_FILE(),
             int line = __builtin_LINE());

// `fd` is a connected TCP socket, and these bytes are the next that come: the proof that it is connected to the right one.
// It reads as a learner would: the diagram shows it.
void expects_to_hear(int fd, std::string_view bytes, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// Runs `act` while a SIGTERM waits that its owner has blocked. A wait that lets it in (ppoll(2) with another mask) ends the
// process; and it must still wait when `act` is over.
void while_a_signal_is_blocked(const std::function<void()>& act, const char* file = __builtin_FILE(),
                               int line = __builtin_LINE());

} // namespace lab
