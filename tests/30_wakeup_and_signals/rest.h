#pragma once

// The parts of a correct answer, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "01_socket/socket.h"
#include "30_wakeup_and_signals/wakeup_and_signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace kata {

struct Parts {
    Reactor reactor{};
    UniqueFd alarm{}, bell{}; // the bell: where it is another descriptor that rings
    std::atomic<bool> stopping{false};
    std::mutex mutex{}; // for the next line
    std::list<Loop::Task> posted{};
    std::list<Loop::Task> due{}; // of the loop's thread
    std::shared_ptr<void> own{}; // of an answer that needs more than this
    template <class T>
    T& its() const
    {
        return *static_cast<T*>(own.get());
    }
};
struct Loop::Machinery : Parts {};

void makes_alarm(Parts& m);
void watches_alarm(Parts& m);
void rings(const Parts& m);
void silences(const Parts& m);
void hears(Parts& m);                     // the alarm: silences, then takes
bool enqueues(Parts& m, Loop::Task task); // true: nobody was there
void takes(Parts& m);
void waits(Parts& m);
void runs_next(Parts& m);
void runs_due(Parts& m);

struct Ending {
    Loop& loop;
    const int signal_fd;
    Loop::Task drain;
    bool is_draining = false;
};
sigset_t set_of(std::initializer_list<int> signals);
UniqueFd opens_signal_fd(const sigset_t& set);
void blocks(const sigset_t& set);
bool reads_one(int signal_fd);
void gets_signal(Ending& ending);

} // namespace kata
