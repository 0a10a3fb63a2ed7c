#pragma once

// What the tests of this exercise do in the learner's process: a loop, a second thread beside it, and a story of what ran.
#include "30_wakeup_and_signals/wakeup_and_signals.h"

#include "lab/lab.h"
#include "lab/script/at_allocation.h"

#include <csignal>
#include <exception>
#include <initializer_list>
#include <mutex>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace looping {

using namespace lab;
using kata::Loop;

// What ran, in order. For all threads.
class Story {
public:
    void tell(const std::string& what)
    {
        const std::lock_guard lock{mutex_};
        told_ += (told_.empty() ? "" : ", ") + what;
    }
    Loop::Task of(const std::string& what)
    {
        return [this, what] { tell(what); };
    }
    void is(const std::string& wanted, int line = __builtin_LINE())
    {
        const std::lock_guard lock{mutex_};
        expects(told_ == wanted, wanted.empty() ? "nothing ran so far" : "so far ran: " + wanted,
                told_.empty() ? "nothing" : told_, __FILE__, line);
    }
    void is_one_of(const std::string& one, const std::string& other, int line = __builtin_LINE())
    {
        const std::lock_guard lock{mutex_};
        expects(told_ == one || told_ == other, one + "; or " + other, told_, __FILE__, line);
    }

private:
    std::mutex mutex_;
    std::string told_;
};

inline void runs(Loop& loop)
{
    calls("run()", [&] { loop.run(); });
}
inline void posts(Loop& loop, const std::string& name, const Loop::Task& task)
{
    calls("post(" + name + ")", [&] { loop.post(task); });
}
inline void posts(Loop& loop, Story& story, const std::string& name) { posts(loop, name, story.of(name)); }
inline void stops(Loop& loop)
{
    calls("stop()", [&] { loop.stop(); });
}

inline kata::UniqueFd opens_signal_fd(std::initializer_list<int> signals)
{
    return calls("make_signal_fd", [&] { return kata::make_signal_fd(signals); });
}
inline void gets(int signal) { ::kill(::getpid(), signal); } // blocked: it waits

// A task that throws, with these words.
inline Loop::Task throws(const char* words)
{
    return [words] { throw std::runtime_error{words}; };
}
inline void expects_run_to_throw(Loop& loop, const std::string& words, int line = __builtin_LINE())
{
    std::string came = "it returned";
    try {
        runs(loop);
    } catch (const std::runtime_error& e) {
        came = e.what();
    }
    expects(came == words, "run() throws \"" + words + '"', came, __FILE__, line);
}

// The loop on this thread, until it is stopped, and `other` on another one. What the loop throws ends the process, before anybody
// joins the other one, which may wait for the test: noexcept alone leaves the order to the compiler.
template <class Other>
void runs_beside(Loop& loop, Other other) noexcept
{
    const std::jthread thread{other};
    try {
        runs(loop);
    } catch (...) {
        std::terminate();
    }
}

// Until the peer at the other end of this lent descriptor says something. For threads that wait while a call is made to pause.
inline void waits_for(int wire)
{
    char byte = 0;
    ::recv(wire, &byte, 1, 0);
}

// The second thread comes to its next wait_for_the_test(), all others have come to rest, and it goes on.
inline void goes_on(Learner& you)
{
    you.settles();
    ASSERT_TRUE(you.paused());
    you.resume();
}

// Ready for as long as nobody reads it.
inline kata::UniqueFd ready_one() { return kata::UniqueFd{::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC)}; }

void fills_what_wakes(); // stop_test.cpp: an eventfd or a pipe takes not one more after that

} // namespace looping
