#pragma once

// The parts of a client, for answers that write some of its functions themselves and take the rest from rest.cpp.
#include "11_tcp_client/tcp_client.h"

#include "09_connect/connect.h"

#include <cerrno>
#include <chrono>
#include <istream>
#include <ostream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kata {

using Clock = std::chrono::steady_clock;

[[noreturn]] inline void fail(const char* call) { throw std::system_error{errno, std::generic_category(), call}; }

// Of exchange(): one that goes on.
struct Exchange {
    int fd;
    std::span<const std::byte> rest; // of the request
    bool sending = true;
    bool reset = false; // send() was told of one
    Answer answer{{}, End::timed_out};
};
Clock::time_point deadline_of(int limit_ms);
short wait_for(int fd, short events, Clock::time_point deadline); // what came; 0 when the time is over
void half_close(int fd);
void send_some(Exchange& x);
bool receive_some(Exchange& x); // false when the answer has ended

// Of run_client(). `received` is what came and was not printed yet.
void send_line(int fd, std::string_view line, std::string& received);
bool receive_more(int fd, std::string& received); // false at the end of the stream
std::string read_line(int fd, std::string& received);

} // namespace kata
