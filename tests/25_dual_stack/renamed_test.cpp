// An interface gets another name.
#include "both.h"

#include <cstring>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lab;

namespace {

// From now on this process is alone in a network of its own, with one interface: number 1, "lo".
bool has_a_network_alone() { return ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0; }

bool renames_lo(const char* name)
{
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    std::strcpy(request.ifr_newname, name);
    const kata::UniqueFd any{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    return ::ioctl(any.get(), SIOCSIFNAME, &request) == 0;
}

bool may_rename_an_interface()
{
    const pid_t trial = ::fork();
    if (trial == 0)
        ::_exit(has_a_network_alone() && renames_lo("other") ? 0 : 1);
    int status = 1;
    return trial > 0 && ::waitpid(trial, &status, 0) == trial && status == 0;
}

} // namespace

TEST(Robust, AsksForTheNameEachTime)
{
    if (!may_rename_an_interface())
        GTEST_SKIP() << "this machine lets nobody have a network of his own, and rename an interface in it";
    Learner you{{.rule = "the name of an interface may change: ask for it each time.",
                 .why =
                     "udev(7) makes enp3s0 of eth0 while the server runs. Who keeps the first answer writes a name that nobody "
                     "has any more, or that another interface has by now.",
                 .read = "man 3 if_indextoname; man 7 netdevice, SIOCSIFNAME",
                 .ask = "Q6"}};
    you.run([] {
        const auto asks = [] {
            kata::Endpoint endpoint = kata::parse_endpoint("[fe80::1%1]:80");
            return calls("canonical_ip()", [&] { return kata::canonical_ip(endpoint); });
        };
        if (!has_a_network_alone()) // a sanitizer may have a thread of its own by now: EINVAL
            return;
        const std::string before = asks();
        expects(before == "fe80::1%lo", "fe80::1%lo", before);
        expects(renames_lo("other"), "the test renames its interface, as it could a moment ago", "it cannot");
        const std::string after = asks();
        expects(after == "fe80::1%other", "fe80::1%other", after);
    });
    you.finishes();
}
