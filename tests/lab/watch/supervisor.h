#pragma once

#include "lab/flight/flight.h"
#include "lab/flight/limits.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lab {

enum class Verdict {
    none, // still running, or nothing to object to
    not_written,
    busy_loop,
    stuck,
    burned_cpu,
    deadline,
    memory,
    output,
    signal,
    exited,
    sanitizer,
    threw,
    leaked,
    changed,     // what was lent is not as it was
    left_behind, // a thread or a process
    lab_error,
};

// One learner's process, from fork to verdict. The parent never blocks on anything but the learner's heart beat, and each
// wait looks at the learner every few milliseconds.
class Supervisor {
public:
    explicit Supervisor(const Limits& limits);
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;
    ~Supervisor();

    // Forks. The child gets `handed` as descriptors 3, 4..., and runs `body`.
    void start(const std::function<void()>& body, const std::vector<int>& handed);

    bool is_running() const { return process_ > 0; }
    bool was_started() const { return started_ns_ != 0; }
    bool has_returned() const { return arena_->finished.load() != 0; }

    // One look at the learner; false when it is gone. `test_waits`: no act of the test comes next, so who sleeps may be stuck.
    bool step(bool test_waits = true);
    // Until `condition` holds (true) or the learner is gone (false, unless it holds then).
    bool await(const std::function<bool()>& condition);
    // Until poll(2) reports one of `events` on `fd`, or the learner is gone. One last look is taken then, of `last_ms`: the
    // kernel goes on sending what a process that is gone left in its buffers.
    bool await_fd(int fd, short events, int last_ms = 0);
    void settle();
    void lets_arrive(); // what the test has sent
    // The learner's clock. It passes by itself in await() and await_fd(), when nobody can do anything else.
    void lets_pass(std::int64_t ns);
    void sets_wall_clock(std::int64_t ahead_ns);            // forward, or back
    void watches_wire(int fd) { wires_.insert(fd); }        // a peer's: what it has sent must arrive before time passes
    void awaits_syn(int listener) { listener_ = listener; } // a SYN will be sent again, and nobody knows when; -1: none
    void release();                                         // lets the body go on from wait_for_the_test()
    void stop();                                            // ends the learner; no verdict
    void stop(Verdict verdict, std::string text);

    Verdict verdict() const { return verdict_; }
    bool was_cut_short() const; // it hung, span, threw or died before it could show what the test asks
    const std::string& verdict_text() const { return text_; }
    void judge(Verdict verdict, std::string text); // the first one stands

    pid_t process() const { return process_; }
    const Limits& limits() const { return limits_; }
    Arena& arena() { return *arena_; }
    const Arena& arena() const { return *arena_; }
    bool is_asleep(const Event& event) const;
    std::string output() const; // the learner's stdout and stderr

    // Peers, for the diagram: a number for each name, and the names of their ports.
    std::uint16_t add_peer(const std::string& name);
    void name_port(std::uint16_t port, const std::string& name) { ports_[port] = name; }
    void note(std::uint16_t peer, const std::string& text);
    const std::vector<std::string>& peers() const { return peers_; }
    const std::map<std::uint16_t, std::string>& ports() const { return ports_; }

private:
    void nap(std::uint32_t seen_beat, std::chrono::microseconds time);
    void give_way(std::uint32_t seen_beat);
    bool everyone_sleeps() const;
    bool awaits_kernel() const; // its own timer: a SYN, or what answers it, is sent again. Nobody is stuck then
    bool is_quiet() const;
    bool all_sleep() const;
    std::uint64_t cpu_of_all() const;
    bool nobody_can_act(std::uint32_t seen_beat) const;
    long lets_time_pass(const std::function<bool()>& has_come);
    void creep(bool sleeps, std::int64_t end);
    void jump_in_turn(std::int64_t end);
    void jump_to(std::int64_t end);
    bool spare();
    void ring() const;
    void note_passing(std::int64_t ns);
    bool is_stuck() const;
    bool is_twice_stuck(bool for_long);
    bool is_patient() const;
    std::string where_it_sleeps() const;
    std::string idleness();
    std::string diligence() const;
    bool prints_too_much() const;
    std::size_t own_mib() const;
    bool check_limits(bool test_waits);
    std::string held_connections() const;
    void conclude(int status);
    bool is_childless();
    void sweep();

    Limits limits_;
    Arena* arena_ = nullptr;
    int output_ = -1;
    pid_t process_ = 0;
    std::uint64_t started_ns_ = 0, checked_ns_ = 0, cpu_ns_ = 0;
    std::uint64_t used_ns_ = 0, still_ns_ = 0; // what the run has used of its deadline; since when nothing has moved
    std::uint32_t beat_ = 0;
    struct {
        std::uint32_t beat, looks;
        bool sleeps;
        std::uint64_t from_ns, from_cpu_ns;
        std::int64_t done;
    } creep_{};
    bool is_machine_busy_ = false, looked_stuck_ = false;
    int spared_jumps_ = 0;
    int naps_ = 0;                 // since the last jump, until somebody has a wait that can end
    std::int64_t own_time_ns_ = 0; // of the learner, that has passed while the test waited
    std::set<int> wires_;
    int listener_ = -1;
    Verdict verdict_ = Verdict::none;
    std::string text_;
    std::vector<std::string> peers_{"you"};
    std::map<std::uint16_t, std::string> ports_;
};

} // namespace lab
