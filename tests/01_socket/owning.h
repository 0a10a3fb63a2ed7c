#pragma once

// What the tests of an owner say again and again.
#include "01_socket/socket.h"

#include "lab/lab.h"
#include "lab/words/describe.h"

#include <sys/socket.h>
#include <unistd.h>

namespace owning {

using kata::open_socket;
using kata::UniqueFd;
using namespace lab;

inline UniqueFd any_socket() { return open_socket(AF_INET, SOCK_STREAM); }

inline std::string owned(int fd, bool owns)
{
    return "get() is " + std::to_string(fd) + " and bool is " + (owns ? "true" : "false");
}

inline void expects_owns(const UniqueFd& owner, int fd, const std::string& when, const char* file = __builtin_FILE(),
                         int line = __builtin_LINE())
{
    const std::string right = owned(fd, fd >= 0);
    const std::string came = owned(owner.get(), static_cast<bool>(owner)); // NOLINT(clang-analyzer-cplusplus.Move)
    expects(came == right, right + " " + when, came, file, line);
}

// After the end of the run.
inline void expects_each_to_be_closed_once(const Learner& you)
{
    for (const CallRecord& call : you.calls())
        expects(call.call != Call::close || call.fd < 0 || call.error != EBADF, "one close() for each descriptor",
                "close(" + std::to_string(call.fd) + ") was called again");
}

} // namespace owning
