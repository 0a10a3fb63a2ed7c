#pragma once

// The parts of a line server that keeps its own buffer, for answers that write some of them themselves and take the rest from
// rest.cpp.
#include "14_code_review/code_review.h"
#include "14_code_review/utf8.h"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

enum class Verdict { more, bye, bad };

struct Talk {
    ChatStats& stats;
    const std::function<void(std::string_view)>& on_message;
};

ssize_t receive_more(int client, std::string& kept); // as recv(2)
bool is_too_long(const std::string& unfinished);
Verdict take(const std::string& line, const Talk& talk);
Verdict take_lines(std::string& kept, const Talk& talk);
Verdict take_last(const std::string& kept, const Talk& talk);
Verdict serve(int client, const Talk& talk);

// What accept(2), "Error handling", says of one connection only, or a signal.
inline bool is_passing(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case ENOPROTOOPT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET: return true;
    default: return false;
    }
}

inline std::string without_return(std::string line)
{
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

} // namespace kata
