#include "lab/remarks/remarks.h"

#include "lab/remarks/rules.h"

#include <algorithm>
#include <sys/socket.h>

namespace lab {

Calls::Calls(const Arena& arena) : returned_{arena.returned != 0}
{
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n;) {
        const Event& e = arena.event(i);
        if (e.who == the_learner && e.phase != Phase::empty && e.call != Call::note && e.call != Call::wait_for_the_test)
            events_.push_back(&e);
        const std::uint32_t next = arena.next(i);
        if (next != i + 1)
            events_.clear();
        i = next;
    }
}

std::size_t Calls::next_on_thread(std::size_t i) const
{
    const int thread = events_[i]->thread;
    return after(i, [thread](const Event& e) { return e.thread == thread; });
}

bool ends(const Event& e) { return e.call == Call::close || (e.call == Call::shutdown && e.args[0] != SHUT_RD); }

std::vector<Remark> remarks_on(const Run& run, std::size_t most)
{
    const Calls calls{run.arena};
    std::vector<Note> last; // of each rule
    for (const Rule* rules : {rules_on_reading, rules_on_writing, rules_on_waiting, rules_on_sockets, rules_on_descriptors,
                              rules_on_addresses, rules_on_datagrams})
        for (; *rules != no_more_rules; ++rules) {
            std::vector<Note> notes;
            (*rules)(calls, run, notes);
            if (!notes.empty())
                last.push_back(notes.back());
        }
    std::stable_sort(last.begin(), last.end(), [](const Note& a, const Note& b) { return a.at < b.at; });
    std::vector<Remark> remarks;
    for (std::size_t i = last.size() - std::min(most, last.size()); i < last.size(); ++i)
        remarks.push_back(last[i].remark);
    return remarks;
}

} // namespace lab
