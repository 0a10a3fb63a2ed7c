#include "lab/inside/child.h"

#include "kata.h"
#include "lab/inside/belongings.h"
#include "lab/inside/clock.h"
#include "lab/inside/kernel.h"
#include "lab/inside/lent.h"
#include "lab/inside/sanitizers.h"
#include "lab/machine/tcp_bytes.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <sched.h>
#include <signal.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace lab {

namespace {

pid_t the_child = 0;

[[noreturn]] void leave()
{
    kernel(SYS_exit_group, 0); // not _exit: the shim would take it for the learner's
    __builtin_unreachable();
}

void end_with(Arena& arena, Ending ending)
{
    auto none = Ending::none;
    arena.ending.compare_exchange_strong(none, ending);
    beat(arena);
}

void keep_current_exception(Arena& arena)
{
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type == nullptr)
        return;
    int status = 0;
    char* readable = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
    const char* name = status == 0 ? readable : type->name();
    try {
        throw;
    } catch (const std::exception& e) {
        std::snprintf(arena.what, sizeof arena.what, "%s: %s", name, e.what());
    } catch (...) {
        std::snprintf(arena.what, sizeof arena.what, "%s", name);
    }
    std::free(readable);
}

// An exception left a thread, a destructor, or a function that is noexcept.
[[noreturn]] void on_terminate()
{
    if (Arena* arena = recording) {
        const std::type_info* type = abi::__cxa_current_exception_type();
        if (type != nullptr && *type == typeid(kata::NotWritten))
            leave();
        keep_current_exception(*arena);
    }
    std::abort();
}

void set_limit(int resource, rlim_t value)
{
    const rlimit limit{value, value};
    ::setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

void take_descriptors(int output, const std::vector<int>& handed, int most)
{
    constexpr int parking = 700; // above anything that the test process holds, and below its limit
    std::vector<int> parked;
    for (const int fd : handed)
        parked.push_back(::fcntl(fd, F_DUPFD, parking));
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::dup2(output, 1);
    ::dup2(output, 2);
    int next = 3;
    for (const int fd : parked)
        ::dup2(fd, next++);
    kernel(SYS_close_range, static_cast<unsigned>(next), ~0u, 0u); // it must not hold a copy of any peer's socket
    set_limit(RLIMIT_NOFILE, static_cast<rlim_t>(most));
    remember_standard_files();
}

void on_interrupt(int) {}

void take_signals()
{
    for (const int signal : {SIGPIPE, SIGCHLD, SIGTERM, SIGINT})
        ::signal(signal, SIG_DFL);
    struct sigaction action {};
    action.sa_handler = on_interrupt; // no SA_RESTART: a call that sleeps returns EINTR
    ::sigaction(SIGUSR1, &action, nullptr);
}

// A shim that was not linked would record nothing, and every test of recorded calls would pass or fail by accident.
bool recorder_records(Arena& arena)
{
    const std::uint32_t before = arena.count;
    const std::uint32_t faults = std::exchange(arena.fault_count, 0); // none strikes it, and none is used up
    (void)::getsockname(-1, nullptr, nullptr);
    const bool moved = arena.count == before + 1;
    arena.count = before;
    arena.fault_count = faults;
    return moved;
}

void run_body(Arena& arena, const std::function<void()>& body)
{
    try {
        body();
    } catch (const kata::NotWritten&) { // the note has been taken
    } catch (...) {
        if (abi::__cxa_current_exception_type() == nullptr) { // not an exception: the end of a thread unwinds, too
            end_with(arena, Ending::left_its_thread);
            leave();
        }
        keep_current_exception(arena);
        end_with(arena, Ending::threw);
    }
    arena.clock.ended = arena.clock.now.load();
    recording = nullptr;
    arena.returned = 1;
    beat(arena);
}

std::uint32_t last_event_of_this_thread(const Arena& arena)
{
    const int thread = static_cast<int>(kernel(SYS_gettid));
    for (std::uint32_t n = arena.count, i = n; i > 0 && n - i < Arena::tail; --i)
        if (const Event& e = arena.event(i - 1); e.thread == thread && (e.who == the_learner || e.who == the_frame))
            return i - 1;
    return UINT32_MAX;
}

} // namespace

void keep_failure(const testing::TestPartResult& result)
{
    if (recording == nullptr || recording->failure_count >= Arena::max_failures)
        return;
    Failure& failure = recording->failures[recording->failure_count];
    std::snprintf(failure.file, sizeof failure.file, "%s", result.file_name() != nullptr ? result.file_name() : "");
    failure.line = result.line_number();
    failure.at = last_event_of_this_thread(*recording);
    failure.fatal = result.fatally_failed();
    std::string_view message = result.message();
    while (message.ends_with('\n')) // from GoogleTest 1.14 on; it adds another one when the parent tells it
        message.remove_suffix(1);
    std::snprintf(failure.message, sizeof failure.message, "%.*s", static_cast<int>(message.size()), message.data());
    ++recording->failure_count;
}

void live_as_the_learner(Arena& arena, const Limits& limits, int output, const std::vector<int>& handed,
                         const std::function<void()>& body)
{
    the_child = arena.process = ::getpid();
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    take_signals();
    prepare_to_wake(arena.clock);
    take_descriptors(output, handed, limits.descriptors);
    set_limit(RLIMIT_CORE, 0);
    if (limits.stack_kib != 0)
        set_limit(RLIMIT_STACK, limits.stack_kib << 10);
    ::setvbuf(stdout, nullptr, _IOLBF, 0); // its lines stand in the diagram where they were printed
    std::set_terminate(on_terminate);
    const int threads = count_threads_at_first();

    remember_what_is_lent(static_cast<int>(handed.size()));
    recording = &arena;
    if (!recorder_records(arena)) {
        end_with(arena, Ending::no_recorder);
        leave();
    }
    arena.clock.began = arena.clock.now.load();
    arena.ready = 1;
    note_memory_in_use();
    errno = 0;
    run_body(arena, body);
    std::fflush(stdout);
    if (::getpid() != the_child) { // a copy that the learner forked came back through its function
        end_with(arena, Ending::forked_and_returned);
        leave();
    }
    if (!threads_ended(threads))
        end_with(arena, Ending::thread_left);
    for (int fd = 3; fd < 3 + arena.lent; ++fd)
        if (const std::optional<TcpBytes> moved = tcp_bytes(fd)) {
            arena.moved_in += moved->taken;
            arena.moved_out += moved->given;
        }
    keep_leaks(arena, 3 + static_cast<int>(handed.size()));
    keep_what_changed(arena);
    if (arena.ending == Ending::none && arena.leak_count == 0 && leaks_memory())
        end_with(arena, Ending::memory_leaked);
    arena.finished = 1;
    beat(arena);
    leave();
}

} // namespace lab

// kata.h: an exercise says that it is not written.
extern "C" void kata_notes_not_written()
{
    if (lab::recording != nullptr)
        lab::end_with(*lab::recording, lab::Ending::not_written);
}
