// main() of every test executable: looks at the machine once, then lets gtest run with the lesson printer.
#include "lab/machine/proc.h"
#include "lab/peers/wiring.h"
#include "lab/tell/lesson.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace {

constexpr rlim_t descriptors_needed = 1024;
constexpr int bad_machine = 3;

// What is missing on this machine, with the cure; "" when nothing is.
std::string what_is_missing()
{
    if (!lab::proc::is_there())
        return "/proc is not mounted. The lab reads it to see whether your code sleeps: mount -t proc proc /proc";
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < descriptors_needed) {
        limit.rlim_cur = limit.rlim_max < descriptors_needed ? limit.rlim_max : descriptors_needed;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur < descriptors_needed)
        return "A process may open only " + std::to_string(limit.rlim_cur) + " descriptors here, and the lab needs " +
               std::to_string(descriptors_needed) + ": raise the hard limit (ulimit -Hn)";
    try {
        const auto [one, other] = lab::wiring::tcp_pair(0, 0, 0, 0);
        ::close(one);
        ::close(other);
    } catch (const std::system_error& e) {
        return std::string{"No TCP connection over 127.0.0.1 ("} + e.what() +
               "). Is the loopback interface up? ip link set lo up";
    }
    return "";
}

} // namespace

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    if (!testing::GTEST_FLAG(list_tests)) {
        if (const std::string missing = what_is_missing(); !missing.empty()) {
            std::fprintf(stderr, "This machine cannot run the tests. %s\n", missing.c_str());
            ::syscall(SYS_exit_group,
                      bad_machine); // without the sanitizers' own complaints at exit, which would bury the sentence
        }
    }
    lab::install_lesson_printer();
    return RUN_ALL_TESTS();
}
