#pragma once

#include "lab/flight/flight.h"

#include <array>
#include <string>
#include <sys/types.h>

namespace lab {

// What is another than it was, in words, but for what the test allows.
class Changes {
public:
    explicit Changes(Arena& arena) : arena_{arena} {}
    // `what` as Learner::may_change() names it, `left` as it goes on after "left ".
    void add(const std::string& what, const std::string& left);

private:
    bool is_allowed(const std::string& what) const;
    Arena& arena_;
};

// A descriptor that was handed over: its flags and all its options that can be set and do not move by themselves.
class Lent {
public:
    static constexpr std::size_t most_options = 64, most_bytes = 16;

    explicit Lent(int fd);
    // With what it is now. Nothing where it was closed: who owns it may; or where its number is another file's by now.
    void compare(Changes& changes) const;
    void compare_with(const Lent& now, Changes& changes) const;

private:
    struct Value {
        unsigned size; // 0: this descriptor has no such option
        unsigned char bytes[most_bytes];
    };
    bool look();

    int fd_;
    dev_t device_ = 0;
    ino_t file_ = 0;
    long status_ = -1, descriptor_ = -1; // F_GETFL, F_GETFD
    std::array<Value, most_options> options_{};
};

} // namespace lab
