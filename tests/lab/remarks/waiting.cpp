// What is strange about waiting.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <poll.h>
#include <string>
#include <sys/socket.h>

namespace lab {

namespace {

bool names_no_descriptor(const Event& e)
{
    return (e.call == Call::poll || e.call == Call::ppoll || e.call == Call::select || e.call == Call::pselect) && e.args[0] == 0;
}
bool polls(const Event& e) { return is(e, Family::waiting) && !names_no_descriptor(e); }

// A look at what is there, which found nothing.
bool looks_in_vain(const Event& e)
{
    if (!is_over(e) || e.slept)
        return false;
    return polls(e) ? e.result == 0 && e.args[1] == 0 : (is(e, Family::reading) || is(e, Family::accepting)) && failed(e, EAGAIN);
}
bool pauses(const Event& e) { return is(e, Family::sleeping) || (names_no_descriptor(e) && e.args[1] > 0); }
bool is_same(const Event& a, const Event& b) { return a.call == b.call && a.fd == b.fd && a.thread == b.thread; }

void looking_is_not_waiting(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        std::size_t looks = 0, naps = 0, last = i;
        for (std::size_t k = i; k != Calls::none && looks < 3; k = calls.next_on_thread(k)) {
            if (pauses(calls[k]) && looks > 0) {
                ++naps;
                continue;
            }
            if (!looks_in_vain(calls[k]) || !is_same(calls[k], calls[i]))
                break;
            ++looks;
            last = k;
        }
        const char* what = naps > 0          ? " looks again after each pause: poll() with a limit wakes up when something comes."
                           : polls(calls[i]) ? " looks again and again with a limit of 0, and never sleeps."
                                             : " is called again and again, and nothing waits for more: poll() does.";
        if (looks == 3)
            notes.push_back({last, {short_call(calls[i]) + what, "man 2 poll"}});
    }
}

void nobody_asked_for_a_limit(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    const auto ran_out = [](const Event& e) { return polls(e) && is_over(e) && e.result == 0 && e.args[1] > 0; };
    for (std::size_t i = 0; i < calls.size(); ++i) {
        std::size_t times = 0, last = i;
        for (std::size_t k = i; k != Calls::none && times < 3; k = calls.next_on_thread(k), ++times) {
            if (!ran_out(calls[k]) || !is_same(calls[k], calls[i]) || calls[k].args[1] != calls[i].args[1])
                break;
            last = k;
        }
        if (times == 3)
            notes.push_back({last,
                             {short_call(calls[i]) + " wakes up every " + std::to_string(calls[i].args[1]) +
                                  " ms and finds nothing: with a limit of -1 it sleeps until something comes.",
                              "man 2 poll"}});
    }
}

void somebody_must_be_waited_for(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i)
        if (names_no_descriptor(calls[i]) && calls[i].args[1] < 0 && calls[i].phase == Phase::asleep)
            notes.push_back({i, {short_call(calls[i]) + " waits for no descriptor at all, and for ever.", "man 2 poll"}});
}

// The FIN comes behind the last bytes, and poll() tells of both at once.
void bytes_come_before_the_end(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const long events = e.args[2] >> 16;
        if ((e.call != Call::poll && e.call != Call::ppoll) || !succeeded(e) || e.unread <= 0 || (events & POLLERR) != 0)
            continue;
        const std::size_t next = calls.after(i, [&](const Event& x) { return x.fd == e.fd && !is(x, Family::none); });
        if (next == Calls::none ? calls.returned() && e.args[0] == 1 : closes(calls[next], e.fd))
            notes.push_back({i,
                             {short_call(e) + " told of the end while " + plural(static_cast<std::size_t>(e.unread), "byte") +
                                  " stood before it: read until recv() says 0.",
                              "man 2 poll, POLLRDHUP"}});
    }
}

} // namespace

const Rule rules_on_waiting[] = {looking_is_not_waiting, nobody_asked_for_a_limit, somebody_must_be_waited_for,
                                 bytes_come_before_the_end, no_more_rules};

} // namespace lab
