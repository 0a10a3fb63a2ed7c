// What is strange about descriptors: closed twice, used after close, none left.
#include "lab/remarks/rules.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <string>

namespace lab {

namespace {

void a_number_is_closed_once(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (e.call != Call::close || !failed(e, EBADF) || e.effect == Effect::fails)
            continue;
        const std::size_t first = calls.before(i, [&](const Event& x) { return closes(x, e.fd); });
        if (first == Calls::none)
            continue;
        const bool interrupted = calls[first].result < 0 && calls[first].error != EBADF;
        notes.push_back(
            {i,
             {short_call(e) + (interrupted ? " comes a second time: the first said " + errno_name(calls[first].error) +
                                                 ", and the number was free all the same."
                                           : " comes a second time: the number may be another's by then."),
              "man 2 close, NOTES"}});
    }
}

void a_closed_number_is_nobodys(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if (e.call != Call::close && e.fd >= 0 && failed(e, EBADF) && e.effect != Effect::fails &&
            calls.before(i, [&](const Event& x) { return closes(x, e.fd); }) != Calls::none)
            notes.push_back({i,
                             {short_call(e) + " comes after close(" + std::to_string(e.fd) + "): the number is nobody's now.",
                              "man 2 close, NOTES"}});
    }
}

void the_table_may_be_full(const Calls& calls, const Run&, std::vector<Note>& notes)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Event& e = calls[i];
        if ((!failed(e, EMFILE) && !failed(e, ENFILE)) || e.call == Call::getaddrinfo)
            continue;
        notes.push_back({i,
                         {short_call(e) + " said " + errno_name(e.error) +
                              (is(e, Family::accepting) ? ": no descriptor is free, and the client stays in the queue."
                                                        : ": no descriptor is free."),
                          is(e, Family::accepting) ? "man 2 accept, ERRORS" : "man 2 socket, ERRORS"}});
    }
}

} // namespace

const Rule rules_on_descriptors[] = {a_number_is_closed_once, a_closed_number_is_nobodys, the_table_may_be_full, no_more_rules};

} // namespace lab
