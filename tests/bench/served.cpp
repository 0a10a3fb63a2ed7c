#include "bench/served.h"

#include "04_listen/listen.h"
#include "lab/flight/flight.h"
#include "lab/machine/proc.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <sched.h>
#include <string>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace bench {

namespace {

[[noreturn]] void fail(const char* call) { throw std::system_error{errno, std::system_category(), call}; }

} // namespace

Served::Served(const std::function<void(int)>& serve, Calls calls) : place_{kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"))}
{
    kata::listen_on(place_.fd.get());
    if (calls == Calls::left_alone)
        process_ = start(serve, false);
    else
        tracer_ = std::thread{[this, &serve] {
            process_ = start(serve, true);
            process_.notify_one();
            trace();
        }};
    process_.wait(0);
    place_.fd.reset();
}

Served::~Served()
{
    ::kill(process_, SIGKILL);
    if (tracer_.joinable())
        tracer_.join();
    else
        ::waitpid(process_, nullptr, 0);
}

pid_t Served::start(const std::function<void(int)>& serve, bool traced) const
{
    const pid_t process = ::fork();
    if (process < 0)
        fail("fork");
    if (process != 0)
        return process;
    if (traced) {
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        std::raise(SIGSTOP);
    }
    try {
        serve(place_.fd.get());
    } catch (const std::exception& e) {
        std::fprintf(stderr, "the server: %s\n", e.what());
    }
    std::_Exit(1);
}

// Each call stops its thread twice: when it begins, and when it has ended.
void Served::trace()
{
    std::map<pid_t, bool> in_call;
    int status = 0;
    ::waitpid(process_, &status, 0);
    ::ptrace(PTRACE_SETOPTIONS, process_.load(), nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    ::ptrace(PTRACE_SYSCALL, process_.load(), nullptr, nullptr);
    for (pid_t thread = 0; (thread = ::waitpid(-1, &status, __WALL)) > 0;) {
        if (!WIFSTOPPED(status))
            continue; // it ended
        const int signal = WSTOPSIG(status);
        bool& inside = in_call[thread];
        if (signal == (SIGTRAP | 0x80) && (inside = !inside))
            ++count_;
        const bool is_its_own = signal != (SIGTRAP | 0x80) && signal != SIGTRAP && signal != SIGSTOP;
        ::ptrace(PTRACE_SYSCALL, thread, nullptr, is_its_own ? signal : 0);
    }
}

kata::UniqueFd Served::connect() const
{
    kata::UniqueFd fd = kata::open_socket(AF_INET, SOCK_STREAM);
    if (::connect(fd.get(), place_.local.address(), place_.local.size) < 0)
        fail("connect");
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    return fd;
}

void Served::sleeps() const
{
    for (const std::uint64_t begin = lab::now_ns(); lab::now_ns() - begin < 2'000'000'000;) {
        int looks = 0;
        while (looks < 50 && lab::proc::sleeps(process_)) { // it may be about to be woken
            ::sched_yield();
            ++looks;
        }
        if (looks == 50)
            return;
    }
}

double Served::cpu_us() const { return static_cast<double>(lab::proc::cpu_time_ns(process_)) / 1000; }
double Served::threads() const { return static_cast<double>(lab::proc::threads(process_).size()); }

double Served::resident_kib() const
{
    std::ifstream statm{"/proc/" + std::to_string(process_) + "/statm"}; // proc(5)
    double all = 0, resident = 0;
    statm >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1024;
}

} // namespace bench
