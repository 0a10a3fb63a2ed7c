// The demand on every hostile learner; the tables of learners stand in hostile_*_test.cpp.
#include "lab/machine/proc.h"
#include "outcome.h"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lab;

namespace {

// What a learner could change for the tests after it.
struct World {
    std::vector<int> descriptors = proc::descriptors(::getpid());
    std::string folder = std::filesystem::current_path();
    mode_t mask = ::umask(022);
    std::string environment;

    World()
    {
        ::umask(mask);
        for (char** entry = environ; *entry != nullptr; ++entry)
            (environment += *entry) += '\n';
    }
};

void expect_unchanged(const World& before)
{
    const World now;
    EXPECT_EQ(before.descriptors, now.descriptors);
    EXPECT_EQ(before.folder, now.folder);
    EXPECT_EQ(before.mask, now.mask);
    EXPECT_EQ(before.environment, now.environment);
    EXPECT_TRUE(::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD) << "a process of the learner is left";
}

} // namespace

// A learner that does not do its work and return ends red, soon, with a name for what it did; and the next one, a good one, is
// judged as if nothing had been.
TEST_P(Hostile, EndsRed)
{
    const World before;
    const Outcome outcome = outcome_of(GetParam().body, GetParam().scene);
    EXPECT_TRUE(outcome.red);
    EXPECT_NE(std::string::npos, outcome.verdict.find(GetParam().says))
        << "its verdict: " << outcome.verdict << "\nit should say: " << GetParam().says << "\n"
        << outcome.diagram << outcome.printed.substr(0, 4000);
    EXPECT_LT(outcome.took.count(), 3000);
    expect_unchanged(before);

    Learner you;
    Peer bob = you.wire("bob");
    you.run([&] {
        char byte = 0;
        EXPECT_EQ(1, ::recv(you.fd(), &byte, 1, 0));
        EXPECT_EQ(1, ::send(you.fd(), &byte, 1, MSG_NOSIGNAL));
    });
    bob.sends("x");
    bob.expects("x");
    you.finishes();
}
