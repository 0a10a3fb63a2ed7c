#pragma once

namespace kata {

// The only owner of a descriptor: closes it exactly once, when it dies or takes another, and does nothing else to it. -1 means
// "owns nothing"; 0 is a descriptor like any other. A close(2) that fails has closed all the same: it is not repeated, and the
// number is forgotten ("Dealing with error returns from close()"). Not for two threads at once.
//
//   UniqueFd a{open_socket(AF_INET, SOCK_STREAM)};
//   UniqueFd b{std::move(a)};   // a.get() == -1
class UniqueFd {
public:
    UniqueFd() noexcept = default;                  // owns nothing
    explicit UniqueFd(int fd) noexcept;             // takes over `fd`
    UniqueFd(UniqueFd&& other) noexcept;            // `other` owns nothing afterwards
    UniqueFd& operator=(UniqueFd&& other) noexcept; // closes what this owned; moving to itself changes nothing
    ~UniqueFd();                                    // leaves errno as it was

    int get() const noexcept;                // still owned
    int release() noexcept;                  // no longer owned: the caller closes it
    void reset(int fd = -1) noexcept;        // closes what this owned, then takes over `fd`; reset(get()) changes nothing
    explicit operator bool() const noexcept; // owns something

private:
    int fd_ = -1;
};

// Creates a socket that a program started by exec does not inherit, not even in its first moment (SOCK_CLOEXEC), and sets no
// option on it. `family` and `type` are those of socket(2): AF_INET, AF_INET6, AF_UNIX; SOCK_STREAM, SOCK_DGRAM..., with
// SOCK_NONBLOCK if you like. Throws std::system_error with errno (EAFNOSUPPORT, EMFILE...).
UniqueFd open_socket(int family, int type);

} // namespace kata
