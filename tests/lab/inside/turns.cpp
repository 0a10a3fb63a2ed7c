// Whose turn it is among the threads of the learner.
#include "lab/inside/turns.h"

#include "lab/inside/kernel.h"
#include "lab/inside/recorder.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lab {

namespace {

// machine/proc.h knows this, too, but allocates for it: here the learner is in the middle of something.
bool sleeps(const char* thread)
{
    char path[320], line[256]; // a name in a folder has up to 255 bytes
    std::snprintf(path, sizeof path, "/proc/self/task/%s/stat", thread);
    const auto fd = static_cast<int>(kernel(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC));
    if (fd < 0)
        return true; // it has ended
    const long size = kernel(SYS_read, fd, line, sizeof line - 1);
    kernel(SYS_close, fd);
    line[size > 0 ? size : 0] = '\0';
    const char* name_end = std::strrchr(line, ')');
    return name_end == nullptr || std::strchr("SDTtZX", name_end[2]) != nullptr;
}

bool others_sleep(int folder)
{
    alignas(dirent64) char entries[4096]; // getdents64(2)
    const long own = kernel(SYS_gettid);
    kernel(SYS_lseek, folder, 0L, SEEK_SET);
    for (long size; (size = kernel(SYS_getdents64, folder, entries, sizeof entries)) > 0;)
        for (long at = 0; at < size;) {
            const auto* entry = reinterpret_cast<const dirent64*>(entries + at);
            at += entry->d_reclen;
            if (entry->d_name[0] != '.' && std::atol(entry->d_name) != own && !sleeps(entry->d_name))
                return false;
        }
    return true;
}

} // namespace

void lets_others_come_to_sleep()
{
    if (recording->threads == 0)
        return;
    const auto folder = static_cast<int>(kernel(SYS_openat, AT_FDCWD, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    constexpr std::uint32_t most = 200; // looks in vain
    while (folder >= 0 && recording->waits_for_others < most && !others_sleep(folder)) {
        const timespec pause{0, 1'000'000};
        kernel(SYS_nanosleep, &pause, nullptr);
        recording->waits_for_others.fetch_add(1);
    }
    if (folder >= 0)
        kernel(SYS_close, folder);
}

} // namespace lab
