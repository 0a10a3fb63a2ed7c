#include "lab/inside/belongings.h"

#include "lab/inside/kernel.h"
#include "lab/machine/proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <numeric>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

// Present when the executable is built with ThreadSanitizer; null otherwise.
extern "C" void __tsan_init() __attribute__((weak)); // NOLINT(bugprone-reserved-identifier)

namespace lab {

namespace {

struct stat standard[3]; // the files behind 0, 1 and 2

bool is_as_given(int fd, int first_own)
{
    struct stat now {};
    return fd < 3 ? ::fstat(fd, &now) == 0 && now.st_ino == standard[fd].st_ino && now.st_dev == standard[fd].st_dev
                  : fd < first_own;
}

int count_threads()
{
    DIR* folder = ::opendir("/proc/self/task");
    int n = 0;
    while (folder != nullptr && ::readdir(folder) != nullptr)
        ++n;
    if (folder != nullptr)
        ::closedir(folder);
    return n;
}

} // namespace

void remember_standard_files()
{
    for (int fd = 0; fd < 3; ++fd)
        ::fstat(fd, &standard[fd]);
}

void keep_leaks(Arena& arena, int first_own)
{
    std::vector<int> all = proc::descriptors(::getpid());
    if (all.empty()) { // it lowered its own limit, and /proc cannot be opened
        all.resize(1024);
        std::iota(all.begin(), all.end(), 0);
    }
    for (const int fd : all)
        if (::fcntl(fd, F_GETFD) >= 0 && !is_as_given(fd, first_own)) {
            if (arena.leak_count < Arena::max_leaks)
                arena.leaks[arena.leak_count] = fd;
            ++arena.leak_count;
        }
    for (const int fd : {1, 2})
        arena.lost[fd] = ::fcntl(fd, F_GETFD) < 0;
}

int count_threads_at_first()
{
    if (__tsan_init != nullptr) // it starts threads of its own, the last with the first thread of the program: so here
        std::thread{[] {}}.join();
    return count_threads();
}

bool threads_ended(int before)
{
    for (int i = 0; i < 1000; ++i) {
        if (count_threads() <= before)
            return true;
        const timespec moment{0, 100'000};
        kernel(SYS_nanosleep, &moment, nullptr);
    }
    return false;
}

} // namespace lab
