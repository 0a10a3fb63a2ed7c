#pragma once

#include <functional>
#include <string_view>

namespace lab {

class Supervisor;

// Whichever call fails, the promises hold. Runs `script` once without a fault and counts the calls that the learner makes inside
// told_or_done(); then once more for each of these calls and each errno that it may fail with (flight/failures.h). `script` is
// the whole test: it makes one Learner, its peers, and its demands, and ends with finishes(). It stops at the first run that
// fails: only that one is told and drawn, under the name of the call and its errno.
//
//   whichever_call_fails([] {
//       Learner you{lesson};
//       you.run([] {
//           kata::Bound server;
//           told_then_done([&] { server = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0")); });
//           listens(server);
//       });
//       you.connect("ann").expects_connection();
//       you.finishes();
//   });
//
// The close() that comes after a failure fails, too (EIO; it has closed all the same): it must not hide why. A call that is made
// again and again is struck the first few times only (most_strikes). But a shortage lasts (ENOMEM, ENOBUFS of a call that moves
// bytes and knows only sockets): who makes the same call again at once, or after a poll() that did not sleep, is struck again, so
// that a loop around it is a busy loop. A run costs what a run costs: 4 ms under AddressSanitizer.
void whichever_call_fails(const std::function<void()>& script);
constexpr int most_strikes = 4;

// For the body of run(), around the function under test: nothing else is struck. It tells the errno of the call that failed, as
// a std::system_error, or it does its work as if nothing had failed. EINTR is no failure and is not told, but by close().
// Returns whether it has done its work.
bool told_or_done(const std::function<void()>& act, const char* file = __builtin_FILE(), int line = __builtin_LINE());
// The same, and after an error once more: the next try, the next client, must succeed. So the rest of the script is the same in
// every run.
void told_then_done(const std::function<void()>& act, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// Runs `script` with "127.0.0.1", then with "::1". Without IPv6 on this machine the second is skipped, with the reason.
void on_both_families(const std::function<void(std::string_view ip)>& script);

// The learner's part of it: before its process starts, and when that has ended.
void join_sweep(Supervisor& run);
void leave_sweep(const Supervisor& run);

} // namespace lab
