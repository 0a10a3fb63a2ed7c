#include "lab/flight/flight.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <ctime>
#include <linux/futex.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

// Raw syscall() below: the libc names are the shims', and would record the recorder.
namespace lab {

Arena* recording = nullptr;

namespace {

int thread_id()
{
    static thread_local int id = 0, owner = 0;
    const int process = getpid();
    if (owner != process) { // the first call of this thread, or of a forked copy of it
        id = static_cast<int>(syscall(SYS_gettid));
        owner = process;
    }
    return id;
}

} // namespace

std::uint64_t now_ns()
{
    timespec t{};
    if (recording != nullptr) // there, clock_gettime() tells the learner's time
        syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
    else
        clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
}

void beat(Arena& arena)
{
    arena.beat.fetch_add(1);
    if (arena.watchers.load() != 0)
        syscall(SYS_futex, &arena.beat, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

namespace {

// The folder is left out: a test makes a new one for each run.
void keep_unix_name(Address& address, const char* name, std::size_t size)
{
    const bool abstract = size > 0 && name[0] == 0;
    if (size == 0)
        return;
    std::size_t begin = abstract ? 1 : 0;
    std::size_t end = begin;
    for (; end < size && (abstract || name[end] != 0); ++end)
        if (name[end] == '/')
            begin = end + 1;
    address.port = static_cast<std::uint16_t>(abstract ? UnixName::abstract : UnixName::path);
    std::memcpy(address.ip, name + begin, std::min(end - begin, sizeof address.ip));
}

} // namespace

Address address_of(const sockaddr* from, std::size_t size)
{
    Address address{};
    if (from == nullptr || size < sizeof(sa_family_t))
        return address;
    address.family = from->sa_family;
    if (from->sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        const auto* in = reinterpret_cast<const sockaddr_in*>(from);
        address.port = ntohs(in->sin_port);
        std::memcpy(address.ip, &in->sin_addr, 4);
    } else if (from->sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
        const auto* in6 = reinterpret_cast<const sockaddr_in6*>(from);
        address.port = ntohs(in6->sin6_port);
        std::memcpy(address.ip, &in6->sin6_addr, 16);
    } else if (from->sa_family == AF_UNIX && size <= sizeof(sockaddr_un)) {
        keep_unix_name(address, reinterpret_cast<const sockaddr_un*>(from)->sun_path, size - sizeof from->sa_family);
    }
    return address;
}

Event& begin_event(Arena& arena, std::uint16_t who, Call call, int fd)
{
    Event& event = arena.event(arena.count.fetch_add(1));
    event.phase.store(Phase::empty);
    event.call = call;
    event.who = who;
    event.effect = Effect::none;
    event.slept = event.in_function = event.may_sleep = event.may_say_again = false;
    event.thread = thread_id();
    event.fd = fd;
    event.args[0] = event.args[1] = event.args[2] = 0;
    event.patience = -1;
    event.result = 0;
    event.datagram = -1;
    event.error = 0;
    event.ended = 0;
    event.address.family = event.other_address.family = 0;
    event.fds_first = event.fds_count = event.looked_at = 0;
    event.room = event.filled = event.unread = -1;
    event.head_size = 0;
    event.text[0] = event.control[0] = 0;
    struct stat output {};
    event.printed = syscall(SYS_fstat, recording != nullptr ? 1 : arena.output, &output) == 0
                        ? static_cast<std::uint64_t>(output.st_size)
                        : 0;
    event.began = arena.clock.stamp();
    event.phase.store(Phase::entered);
    return event;
}

} // namespace lab
