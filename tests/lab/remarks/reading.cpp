// What is strange about calls that take bytes.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <sys/socket.h>

namespace lab {

namespace {

bool has_flags(const Event& e) { return e.call == Call::recv || e.call == Call::recvfrom || e.call == Call::recvmsg; }
bool has_flag(const Event& e, int flag) { return has_flags(e) && (e.args[1] & flag) != 0; }

// The thread's next call is the close() of the same descriptor, or there is none, because the function came to its end.
bool gives_up_after(const Calls& calls, std::size_t i)
{
    const std::size_t next = calls.next_on_thread(i);
    return next == Calls::none ? calls.returned() : ends(calls[next]) && calls[next].fd == calls[i].fd;
}

// Only a call that did not wait: after SO_RCVTIMEO, EAGAIN is the end of the time. MSG_DONTWAIT asks for a look, and got it. And
// who accepts from a non-blocking listener may have to say so.
void eagain_is_no_end(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (is(e, Family::reading) && failed(e, EAGAIN) && !e.slept && !has_flag(e, MSG_DONTWAIT) && gives_up_after(calls, i))
            notes.push_back(
                {i,
                 {short_call(e) + " said EAGAIN, and nothing waited for it: nothing has come yet. poll() waits for it.",
                  "man 2 recv, ERRORS"}});
    }
}

// Whoever waits with a limit may have used it up: a wait counts when much of its limit was left.
bool had_time_left(const Event& e)
{
    constexpr long much = 20;
    const long limit = is(e, Family::waiting) ? e.args[1] : e.patience;
    return limit < 0 || limit - static_cast<long>((e.ended - e.began) / 1'000'000) > much;
}

void eintr_is_no_failure(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (!failed(e, EINTR) || is(e, Family::closing) || is(e, Family::sleeping) || !had_time_left(e) ||
            !gives_up_after(calls, i))
            continue;
        if (is(e, Family::connecting))
            notes.push_back({i,
                             {short_call(e) + " said EINTR: the kernel goes on connecting. poll() says when it is done.",
                              "man 2 connect, ERRORS"}});
        else
            notes.push_back({i,
                             {short_call(e) + " said EINTR: a signal woke it, and nothing is lost. Call it again.",
                              "man 7 signal, Interruption of system calls"}});
    }
}

void nothing_asked_for_is_no_end(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (has_size(e) && e.args[0] == 0 && is_over(e) && e.result == 0 && e.datagram < 0 && !has_flag(e, MSG_PEEK))
            notes.push_back({i,
                             {short_call(e) + " asks for 0 bytes: its 0 is no end of the stream, it is what was asked for.",
                              "man 2 recv, RETURN VALUE"}});
    }
}

bool is_end(const Event& e)
{
    return is(e, Family::reading) && is_over(e) && e.result == 0 && e.datagram < 0 && (!has_size(e) || e.args[0] > 0);
}

// A test may well ask two or three times; ten times is a loop.
void the_end_stays(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    constexpr std::size_t many = 10;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        std::size_t times = 0, last = i;
        for (std::size_t k = i; k != Calls::none && times < many; k = calls.next_on_thread(k), ++times) {
            if (!is_end(calls[k]) || calls[k].fd != calls[i].fd)
                break;
            last = k;
        }
        if (times == many)
            notes.push_back({last,
                             {short_call(calls[i]) + " said 0, and is called again and again: 0 is the end, and stays the end.",
                              "man 2 recv, RETURN VALUE"}});
    }
}

} // namespace

const Rule rules_on_reading[] = {eagain_is_no_end, eintr_is_no_failure, nothing_asked_for_is_no_end, the_end_stays,
                                 no_more_rules};

} // namespace lab
