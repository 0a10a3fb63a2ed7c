// Learners that take more than their share, or change what others stand on.
#include "outcome.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace lab;

namespace {

void leaks() { ::dup2(3, 40); }

void spins_for_a_while()
{
    for (volatile unsigned long n = 0;;)
        n = n + 1;
}

void moves_one_byte_a_call() // slow, not endless
{
    int ends[2];
    ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    for (char byte = 0; ::send(ends[0], &byte, 1, 0) == 1;)
        (void)::recv(ends[1], &byte, 1, 0);
}

const HostileLearner greedy[] = {
    {"MemoryWithoutEnd",
     [] {
         for (std::vector<char*> all;;) {
             all.push_back(static_cast<char*>(std::malloc(1 << 20)));
             std::memset(all.back(), 'x', 1 << 20);
         }
     },
     "uses more than 400 MiB of memory"},
    {"OutputWithoutEnd",
     [] {
         for (;;)
             std::puts("I am still here, and I am still here, and I am still here");
     },
     "printed more than 8 MiB"},
    {"ErrorsWithoutEnd",
     [] {
         for (;;)
             std::cerr << "I am still here, and I am still here, and I am still here\n";
     },
     "printed more than 8 MiB"},
    {"OutputInOnePiece",
     [] {
         const std::string much(9 << 20, 'x');
         (void)!::write(1, much.data(), much.size());
     },
     "printed more than 8 MiB"},
    {"DescriptorsWithoutEnd",
     [] {
         while (::socket(AF_INET, SOCK_STREAM, 0) >= 0) {
         }
     },
     "leaked 60 descriptors: 4 (from socket), 5 (from socket), "},
};

// What it does to itself stays there, and does not hide what it did wrong.
const HostileLearner meddlers[] = {
    {"ChangesItsFolder",
     [] {
         (void)!::chdir("/");
         leaks();
     },
     "leaked a descriptor: 40"},
    {"ChangesItsUmask",
     [] {
         ::umask(0777);
         leaks();
     },
     "leaked a descriptor: 40"},
    {"ClearsTheEnvironment",
     [] {
         ::clearenv();
         leaks();
     },
     "leaked a descriptor: 40"},
    {"OneByteACall",
     moves_one_byte_a_call,
     "too slow: 100 ms of CPU time used up, and it still moves bytes, about 1 with each call",
     {.limits = {.cpu = 100ms}}},
    {"CallsForPatience",
     [] {
         ::setenv("KATA_PATIENT", "1", 1);
         spins_for_a_while();
     },
     "an endless loop",
     {.limits = {.cpu = 100ms}}},
    {"AllowsItselfTheCpu",
     [] {
         const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
         ::setrlimit(RLIMIT_CPU, &all);
         ::setpriority(PRIO_PROCESS, 0, 19);
         spins_for_a_while();
     },
     "an endless loop",
     {.limits = {.cpu = 20ms}}}, // at that priority, a busy machine gives it little
    {"TakesTheLabsSignal",       // SIGUSR1 is how interrupts() makes EINTR
     [] {
         std::signal(SIGUSR1, SIG_DFL);
         std::raise(SIGUSR1);
     },
     "killed by SIGUSR1"},
    {"RedirectsItsOutput",
     [] {
         (void)!std::freopen("/dev/null", "w", stdout);
         leaks();
     },
     "leaked"},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Greedy, Hostile, testing::ValuesIn(greedy), name_of_param);
INSTANTIATE_TEST_SUITE_P(Meddling, Hostile, testing::ValuesIn(meddlers), name_of_param);

// A learner has the memory of the process that it is a copy of: that is not what it takes.
TEST(Limits, WhatTheTestHoldsIsNotTheLearners)
{
    const std::vector<char> held(std::size_t{60} << 20, 'x');
    const Outcome outcome = outcome_of(moves_one_byte_a_call, {.limits = {.cpu = 100ms, .memory_mib = 50}});
    EXPECT_NE(std::string::npos, outcome.verdict.find("too slow: 100 ms of CPU time used up"))
        << "its verdict: " << outcome.verdict << "\n"
        << held.size() << " bytes were there before";
}
