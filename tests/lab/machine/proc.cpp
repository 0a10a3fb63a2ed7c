#include "lab/machine/proc.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace lab::proc {

namespace {

std::string read_file(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string text;
    char part[2048];
    for (ssize_t n = 1; n > 0;) {
        n = ::read(fd, part, sizeof part);
        text.append(part, n > 0 ? static_cast<std::size_t>(n) : 0);
    }
    ::close(fd);
    return text;
}

std::string of(pid_t process) { return "/proc/" + std::to_string(process); }

// The numbers that name the entries of a folder. Asked hundreds of times in a run: opendir(3) would take 32 KiB from the heap
// each time, which AddressSanitizer never gives twice.
std::vector<int> numbers_in(const std::string& path)
{
    std::vector<int> numbers;
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return numbers;
    alignas(dirent64) char part[4096];
    for (ssize_t n = 0; (n = ::getdents64(folder, part, sizeof part)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const auto* entry = reinterpret_cast<const dirent64*>(part + at);
            if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
                numbers.push_back(std::atoi(entry->d_name));
            at += entry->d_reclen;
        }
    ::close(folder);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// A thread's stat file, which is a line. It is what the laboratory reads most often: no text of its own on the heap.
struct Line {
    char text[1024]{};

    Line(pid_t process, int thread)
    {
        std::snprintf(text, sizeof text, "/proc/%d/task/%d/stat", process, thread);
        const int fd = ::open(text, O_RDONLY | O_CLOEXEC);
        const ssize_t n = fd < 0 ? 0 : ::read(fd, text, sizeof text - 1);
        text[std::max<ssize_t>(n, 0)] = '\0';
        if (fd >= 0)
            ::close(fd);
    }
};

bool is_asleep(char state) { return state == 'S' || state == 't' || state == 'T' || state == 'Z' || state == 0; }

// What stands in a stat file behind the name, from the state on; the name may itself hold spaces and brackets.
const char* after_name(const char* stat)
{
    const char* bracket = std::strrchr(stat, ')');
    return bracket == nullptr || bracket[1] == '\0' ? "" : bracket + 2;
}

} // namespace

std::vector<int> threads(pid_t process) { return numbers_in(of(process) + "/task"); }

char state(pid_t process, int thread) { return after_name(Line{process, thread}.text)[0]; }

// The first thread tells how many there are: most often no others, and no folder has to be read.
bool sleeps(pid_t process)
{
    const Line first{process, process};
    int count = 0;
    std::sscanf(after_name(first.text), "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d", &count);
    if (!is_asleep(after_name(first.text)[0]))
        return false;
    if (count == 1)
        return true;
    const std::vector<int> all = threads(process);
    return std::all_of(all.begin(), all.end(), [process](int thread) { return is_asleep(state(process, thread)); });
}

bool is_traced(pid_t process)
{
    const std::string status = read_file(of(process) + "/status");
    const std::size_t at = status.find("TracerPid:");
    return at != std::string::npos && std::atoi(status.c_str() + at + std::strlen("TracerPid:")) != 0;
}

std::size_t resident_mib(pid_t process)
{
    std::size_t all = 0, resident = 0;
    if (std::sscanf(read_file(of(process) + "/statm").c_str(), "%zu %zu", &all, &resident) != 2)
        return 0;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) >> 20;
}

std::uint64_t cpu_time_ns(pid_t process)
{
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        return 0;
    return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(used.tv_nsec);
}

std::uint64_t waited_for_cpu_ns(pid_t process)
{
    unsigned long long ran = 0, waited = 0;
    return std::sscanf(read_file(of(process) + "/schedstat").c_str(), "%llu %llu", &ran, &waited) == 2 ? waited : 0;
}

std::vector<int> descriptors(pid_t process) { return numbers_in(of(process) + "/fd"); }

namespace {

// The processes of whom that field of their stat file, behind the name, is `wanted`.
std::vector<pid_t> processes_with(const char* field, int wanted)
{
    std::vector<pid_t> found;
    for (const int process : numbers_in("/proc")) {
        int value = 0;
        if (std::sscanf(after_name(read_file(of(process) + "/stat").c_str()), field, &value) == 1 && value == wanted)
            found.push_back(process);
    }
    return found;
}

} // namespace

std::vector<pid_t> children_of(pid_t process) { return processes_with("%*c %d", process); }
std::vector<pid_t> group_of(pid_t leader) { return processes_with("%*c %*d %d", leader); }

// A line for each processor; the twelfth number counts the packets that wait there (net/core/net-procfs.c).
bool is_network_idle()
{
    const std::string lines = read_file("/proc/net/softnet_stat"); // asked at each jump of the clock: no stream
    for (std::size_t at = 0, end = 0; (end = lines.find('\n', at)) != std::string::npos; at = end + 1) {
        unsigned waiting = 0;
        if (std::sscanf(lines.c_str() + at, "%*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %x", &waiting) == 1 && waiting > 0)
            return false;
    }
    return true;
}

bool is_there() { return state(::getpid(), ::getpid()) != 0; }

} // namespace lab::proc
