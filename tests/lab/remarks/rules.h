#pragma once

#include "lab/flight/flight.h"
#include "lab/remarks/remarks.h"

#include <cstddef>
#include <vector>

// A rule reads the calls and notes what is strange. It speaks only where no correct code would do the same: a false remark is
// worse than none. One file holds the rules of one topic.
namespace lab {

// The learner's calls of a run, in the order in which they began. Of a very long run only the last ones: what lies before a gap
// could be undone in it.
class Calls {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    explicit Calls(const Arena& arena);
    std::size_t size() const { return events_.size(); }
    const Event& operator[](std::size_t i) const { return *events_[i]; }

    // The first call after `i`, or the last one before it, that `matches`; none.
    template <class Match>
    std::size_t after(std::size_t i, Match matches) const
    {
        for (++i; i < size(); ++i)
            if (matches(*events_[i]))
                return i;
        return none;
    }
    template <class Match>
    std::size_t before(std::size_t i, Match matches) const
    {
        while (i-- > 0)
            if (matches(*events_[i]))
                return i;
        return none;
    }
    std::size_t next_on_thread(std::size_t i) const;

    // Whether the learner's function came to its end, by itself or by an exception.
    bool returned() const { return returned_; }

private:
    std::vector<const Event*> events_;
    bool returned_;
};

struct Note {
    std::size_t at; // index of the call
    Remark remark;
};

using Rule = void (*)(const Calls&, const Run&, std::vector<Note>&);
constexpr Rule no_more_rules = nullptr;

// The rules of each topic, ended by no_more_rules.
extern const Rule rules_on_reading[], rules_on_writing[], rules_on_waiting[], rules_on_sockets[], rules_on_descriptors[],
    rules_on_addresses[], rules_on_datagrams[];

// Calls as the rules speak of them.
inline bool is(const Event& e, Family family) { return family_of(e.call) == family; }
inline bool is_over(const Event& e) { return e.phase == Phase::returned; }
inline bool succeeded(const Event& e) { return is_over(e) && e.result >= 0; }
inline bool failed(const Event& e, int error) { return is_over(e) && e.result < 0 && e.error == error; }
inline bool makes(const Event& e, int fd) // the call by which `fd` came to be
{
    return succeeded(e) && e.result == fd && (is(e, Family::opening) || is(e, Family::accepting));
}
inline bool closes(const Event& e, int fd) { return e.call == Call::close && e.fd == fd; }
// A reading call that says in args[0] for how many bytes it has room.
inline bool has_size(const Event& e) { return e.call == Call::recv || e.call == Call::recvfrom || e.call == Call::read; }
bool ends(const Event& e); // close(), or shutdown() of what is sent

} // namespace lab
