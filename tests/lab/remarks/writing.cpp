// What is strange about calls that give bytes.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace lab {

namespace {

bool has_buffer(const Event& e) { return is(e, Family::writing) && e.call != Call::sendfile && e.call != Call::splice; }
std::string_view head_of(const Event& e) { return {e.head, e.head_size}; }
bool had_a_limit(const Event& e) { return e.slept && e.patience >= 0; } // SO_SNDTIMEO

// How many of the bytes that it offered the kernel took, where that was not all; -1 where nothing is left over.
long taken(const Event& e)
{
    if (!has_buffer(e) || !is_over(e) || had_a_limit(e))
        return -1;
    return e.result >= 0 && e.result < e.args[0] ? e.result : failed(e, EAGAIN) ? 0 : -1;
}

// The same first bytes again, where the next ones were due; text that repeats itself proves nothing.
bool repeats_itself(std::string_view text)
{
    for (std::size_t period = 1; period <= text.size() / 2; ++period)
        if (text.substr(period) == text.substr(0, text.size() - period))
            return true;
    return false;
}

bool offers_again(const Event& first, const Event& second, long done)
{
    const std::string_view head = head_of(first);
    return done > 0 && has_buffer(second) && second.args[0] == first.args[0] && head_of(second) == head && head.size() > 1 &&
           !repeats_itself(head);
}

// Whether a wait asks for room on `fd`. Of many descriptors only some are kept, and any may be among the others.
bool asks_for_room(const Event& e, int fd)
{
    if (e.looked_at > static_cast<int>(Looked::most))
        return true;
    Looked looked{};
    for (std::size_t at = 0; at + sizeof looked <= e.head_size; at += sizeof looked) {
        std::memcpy(&looked, e.head + at, sizeof looked);
        if (looked.fd == fd && (looked.asked & POLLOUT) != 0)
            return true;
    }
    return false;
}
bool registers_for_room(const Event& e, int fd)
{
    return e.call == Call::epoll_ctl && succeeded(e) && e.args[1] == fd && (e.args[2] & EPOLLOUT) != 0;
}

// Whether it waits for room on `fd` once a call has left something over there. Who does so may end, or give the peer up, before
// room comes.
bool knows_to_wait(const Calls& calls, int fd)
{
    bool is_left_over = false, is_in_epoll = false;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        is_left_over = is_left_over || (e.fd == fd && taken(e) >= 0);
        is_in_epoll = is_in_epoll || registers_for_room(e, fd);
        if (is_left_over && is(e, Family::waiting) && (is_in_epoll || asks_for_room(e, fd)))
            return true;
    }
    return false;
}

void the_rest_is_due(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        const long done = taken(e);
        const std::size_t next =
            done < 0 ? Calls::none : calls.after(i, [&](const Event& x) { return x.fd == e.fd && (has_buffer(x) || ends(x)); });
        if (done < 0)
            continue;
        const std::string took = short_call(e) +
                                 (done == 0 ? " said EAGAIN: it took nothing of " : " took " + std::to_string(done) + " of ") +
                                 plural(static_cast<std::size_t>(e.args[0]), "byte");
        if (next != Calls::none && offers_again(e, calls[next], done)) {
            notes.push_back({next, {took + ", and the next call begins with the first one again.", "man 2 send, RETURN VALUE"}});
            continue;
        }
        // An error, a wait that ended without room, or the end of the peer may be why the rest was not sent.
        const std::size_t trouble = calls.after(i, [&](const Event& x) {
            const bool concerns_it = x.thread == e.thread || x.fd == e.fd;
            const bool says_no = x.result < 0 || (x.result == 0 && (is(x, Family::waiting) || is(x, Family::reading)));
            return concerns_it && is_over(x) && says_no;
        });
        const bool in_peace = trouble == Calls::none || (next != Calls::none && next < trouble);
        if (in_peace && (next == Calls::none ? calls.returned() : ends(calls[next])) && !knows_to_wait(calls, e.fd))
            notes.push_back(
                {i,
                 {took + (done == 0 ? ", and nothing waited for room: poll() does." : ", and the rest was never sent."),
                  done == 0 ? "man 2 send, ERRORS" : "man 2 send, RETURN VALUE"}});
    }
}

// What was received goes out again by the thread's next call, but not in the size in which it came.
void as_many_as_came(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& came = calls[i];
        const std::size_t next = has_size(came) && succeeded(came) && came.result > 0 ? calls.next_on_thread(i) : Calls::none;
        if (next == Calls::none || !has_buffer(calls[next]))
            continue;
        const Event& goes = calls[next];
        const std::size_t n = std::min(came.head_size, goes.head_size);
        if (n == 0 || head_of(came).substr(0, n) != head_of(goes).substr(0, n))
            continue;
        const auto size = static_cast<std::size_t>(came.result), sent = static_cast<std::size_t>(goes.args[0]);
        const std::string both = short_call(came) + " gave " + plural(size, "byte") + ", and " + short_call(goes) + " sends ";
        if (sent == size + 1 && sent <= goes.head_size && goes.head[size] == 0)
            notes.push_back({next, {both + std::to_string(sent) + ": a zero byte that nobody sent goes along.", "man 2 send"}});
        else if (sent > size && goes.args[0] == came.args[0])
            notes.push_back({next, {both + "the whole buffer, " + std::to_string(sent) + ".", "man 2 recv, RETURN VALUE"}});
        else if (sent < size && sent < came.head_size && came.head[sent] == 0 && std::memchr(came.head, 0, sent) == nullptr)
            notes.push_back(
                {next, {both + std::to_string(sent) + ", up to a zero byte: strlen() does not count bytes.", "man 3 strlen"}});
    }
}

void the_peer_may_be_gone(const Calls& calls, const Run& run, std::vector<Note>& notes)
{
    for (std::size_t i = run.verdict.rfind("killed by SIGPIPE", 0) == 0 ? calls.size() : 0; i-- > 0;) {
        const Event& e = calls[i];
        if (!is(e, Family::writing) || is_over(e))
            continue;
        const bool could = e.call == Call::send || e.call == Call::sendto || e.call == Call::sendmsg;
        if (!could)
            notes.push_back({i,
                             {short_call(e) + " met a peer that is gone, and has no flags: send() has MSG_NOSIGNAL.",
                              "man 2 send, MSG_NOSIGNAL"}});
        else if ((e.args[1] & MSG_NOSIGNAL) == 0)
            notes.push_back({i,
                             {short_call(e) + " met a peer that is gone, without MSG_NOSIGNAL: so SIGPIPE came.",
                              "man 2 send, MSG_NOSIGNAL"}});
        return;
    }
}

} // namespace

const Rule rules_on_writing[] = {the_rest_is_due, as_many_as_came, the_peer_may_be_gone, no_more_rules};

} // namespace lab
