// What is strange about options and flags of sockets.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>

namespace lab {

namespace {

bool sets(const Event& e, int option) { return e.call == Call::setsockopt && e.args[0] == SOL_SOCKET && e.args[1] == option; }
bool sets_flags(const Event& e, int fd) { return e.call == Call::fcntl && e.fd == fd && e.args[0] == F_SETFL && succeeded(e); }
bool is_nonblocking(const Event& setter) { return (setter.args[1] & O_NONBLOCK) != 0; }

void closing_is_no_abort(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        linger value{};
        if (!sets(e, SO_LINGER) || !succeeded(e) || e.head_size < sizeof value)
            continue;
        std::memcpy(&value, e.head, sizeof value);
        const std::size_t next =
            calls.after(i, [&](const Event& x) { return closes(x, e.fd) || (x.fd == e.fd && sets(x, SO_LINGER)); });
        if (value.l_onoff != 0 && value.l_linger == 0 && next != Calls::none && closes(calls[next], e.fd))
            notes.push_back({next,
                             {"after SO_LINGER {1, 0}, " + short_call(calls[next]) +
                                  " sends a RST, and throws away what has not arrived yet.",
                              "man 7 socket, SO_LINGER"}});
    }
}

// When bind() looks whether the port is free, the option must be there.
void bind_reads_the_options(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const auto touches = [&](const Event& x) {
            return (x.call == Call::bind && x.fd == e.fd) || makes(x, e.fd) || closes(x, e.fd);
        };
        const auto sets_it = [&](const Event& x) { return sets(x, SO_REUSEADDR) && x.fd == e.fd; };
        const std::size_t last = calls.before(i, touches), earlier = calls.before(i, sets_it);
        if (last == Calls::none)
            continue;
        if (sets_it(e) && e.args[2] != 0 && calls[last].call == Call::bind && succeeded(calls[last])) {
            const std::size_t maker = calls.before(last, touches);
            if (maker != Calls::none && (earlier == Calls::none || earlier < maker))
                notes.push_back({i,
                                 {"SO_REUSEADDR after bind(" + std::to_string(e.fd) + ") comes too late: bind() has looked.",
                                  "man 7 socket, SO_REUSEADDR"}});
        }
        if (e.call == Call::bind && failed(e, EADDRINUSE) && e.effect != Effect::fails && calls[last].call == Call::socket &&
            calls[last].args[0] != AF_UNIX && (calls[last].args[1] & 0xF) == SOCK_STREAM &&
            (earlier == Calls::none || earlier < last))
            notes.push_back(
                {i, {short_call(e) + " said EADDRINUSE, and SO_REUSEADDR was not set before it.", "man 7 socket, SO_REUSEADDR"}});
    }
}

// A socket that was made non-blocking, which nobody ever waits for.
void who_does_not_block_must_poll(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const bool given = (e.call == Call::accept4 && (e.args[0] & SOCK_NONBLOCK) != 0) ||
                           (e.call == Call::socket && (e.args[1] & SOCK_NONBLOCK) != 0);
        if (!given || !succeeded(e) || (e.call == Call::socket && e.args[0] == AF_UNIX)) // a connect() there is never under way
            continue;
        const auto fd = static_cast<int>(e.result);
        const std::size_t undone = calls.after(i, [&](const Event& x) {
            return closes(x, fd) || is(x, Family::waiting) || sets_flags(x, fd) || (x.call == Call::ioctl && x.fd == fd);
        });
        const std::size_t refused = calls.after(i, [&](const Event& x) { return x.fd == fd && failed(x, EAGAIN) && !x.slept; });
        const bool is_used = refused != Calls::none && (undone == Calls::none || refused < undone);
        if (is_used && (undone == Calls::none || closes(calls[undone], fd)))
            notes.push_back({refused,
                             {short_call(e) + " was given SOCK_NONBLOCK, so " + short_call(calls[refused]) +
                                  " does not wait; and no poll() does.",
                              e.call == Call::socket ? "man 2 socket, SOCK_NONBLOCK" : "man 2 accept, SOCK_NONBLOCK"}});
    }
}

// The flag belongs to the open file, not to the number: whoever shares it meets it.
void lent_flags_go_back(const Calls& calls, const Run& run, std::vector<Note>& notes)
{
    for (int fd = 3; calls.returned() && fd < 3 + run.arena.lent; ++fd) {
        const auto any = [&](const Event& x) { return sets_flags(x, fd); };
        const std::size_t end = calls.size(), last = calls.before(end, any), asked = calls.after(Calls::none, [&](const Event&x) {
            return x.call == Call::fcntl && x.fd == fd && (x.args[0] == F_GETFL || x.args[0] == F_SETFL);
        });
        if (last == Calls::none || calls[asked].args[0] != F_GETFL || !succeeded(calls[asked]) ||
            calls.after(Calls::none, [&](const Event& x) { return closes(x, fd); }) != Calls::none)
            continue;
        const bool before = (calls[asked].result & O_NONBLOCK) != 0, now = is_nonblocking(calls[last]);
        if (before != now)
            notes.push_back({last,
                             {"descriptor " + std::to_string(fd) +
                                  (now ? " came without O_NONBLOCK, and goes back with it."
                                       : " came with O_NONBLOCK, and goes back without it."),
                              "man 2 fcntl, F_SETFL"}});
    }
}

} // namespace

const Rule rules_on_sockets[] = {closing_is_no_abort, bind_reads_the_options, who_does_not_block_must_poll, lent_flags_go_back,
                                 no_more_rules};

} // namespace lab
