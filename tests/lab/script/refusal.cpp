// The word of a test that makes the kernel refuse.
#include "lab/script/here.h"

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace lab {

namespace {

constexpr unsigned opening_calls[] = {
#ifdef SYS_open // not on every processor
    SYS_open,
#endif
    SYS_openat, SYS_openat2, SYS_socket,        SYS_socketpair,     SYS_pipe2,        SYS_eventfd2,
    SYS_dup,    SYS_dup3,    SYS_epoll_create1, SYS_timerfd_create, SYS_memfd_create, SYS_signalfd4,
};

} // namespace

bool can_open_nothing_more()
{
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr, 0, 0) < 0 && errno == EFAULT; // it would take a filter
}

bool opens_nothing_more(int error)
{
    const auto size = static_cast<unsigned char>(std::size(opening_calls));
    std::vector<sock_filter> program{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
    for (unsigned char i = 0; i < size; ++i)
        program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, opening_calls[i], static_cast<unsigned char>(size - i), 0));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

} // namespace lab
