#include "lab/machine/proc.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace lab::proc {

namespace {

// At most 511 characters: everything asked for below stands at the beginning.
std::string read_file(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    char text[2048];
    const ssize_t n = ::read(fd, text, sizeof text);
    ::close(fd);
    return {text, n > 0 ? static_cast<std::size_t>(n) : 0};
}

std::string of(pid_t process) { return "/proc/" + std::to_string(process); }

// The numbers that name the entries of a folder.
std::vector<int> numbers_in(const std::string& path)
{
    std::vector<int> numbers;
    DIR* folder = ::opendir(path.c_str());
    if (folder == nullptr)
        return numbers;
    while (const dirent* entry = ::readdir(folder))
        if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
            numbers.push_back(std::atoi(entry->d_name));
    ::closedir(folder);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// Field `n` of a stat file, counted from the state behind the name, which may itself hold spaces and brackets.
const char* after_name(const std::string& stat)
{
    const std::size_t bracket = stat.rfind(')');
    return bracket == std::string::npos || bracket + 2 >= stat.size() ? "" : stat.c_str() + bracket + 2;
}

} // namespace

std::vector<int> threads(pid_t process) { return numbers_in(of(process) + "/task"); }

char state(pid_t process, int thread)
{
    const std::string stat = read_file(of(process) + "/task/" + std::to_string(thread) + "/stat");
    return after_name(stat)[0];
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

std::uint64_t waited_for_cpu_ns(pid_t process)
{
    unsigned long long ran = 0, waited = 0;
    return std::sscanf(read_file(of(process) + "/schedstat").c_str(), "%llu %llu", &ran, &waited) == 2 ? waited : 0;
}

std::vector<int> descriptors(pid_t process) { return numbers_in(of(process) + "/fd"); }

std::vector<pid_t> children_of(pid_t process)
{
    std::vector<pid_t> children;
    for (const int other : numbers_in("/proc")) {
        int parent = 0;
        if (std::sscanf(after_name(read_file(of(other) + "/stat")), "%*c %d", &parent) == 1 && parent == process)
            children.push_back(other);
    }
    return children;
}

bool is_there() { return state(::getpid(), ::getpid()) != 0; }

} // namespace lab::proc
