#pragma once

#include "lab/lab.h"
#include "lab/peers/wiring.h"

#include <cstdio>
#include <string>
#include <unistd.h>
#include <utility>

// What the proofs of QUESTIONS.md share. A proof acts on plain sockets of its own, or lets a Learner act where a call must sleep;
// it prints what it saw, and asserts it so that the common wrong answer would be red.
namespace questions {

// Prints "observed  ..."; `ctest --preset solutions -R ^questions.Q11 -V` shows it.
inline void observed(const std::string& what) { std::printf("observed  %s\n", what.c_str()); }

// A descriptor of the proof, closed at its end.
class Fd {
public:
    explicit Fd(int fd = -1) : fd_{fd} {}
    Fd(Fd&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    Fd& operator=(Fd&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd() { close(); }
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }
    void close()
    {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }

private:
    int fd_;
};

} // namespace questions
