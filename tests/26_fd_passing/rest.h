#pragma once

// The parts of a correct answer, for answers that write some of these functions themselves and take the rest from rest.cpp.
#include "02_address/address.h"
#include "26_fd_passing/fd_passing.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace kata {

[[noreturn]] inline void fail(int error, const char* call) { throw std::system_error{error, std::generic_category(), call}; }

constexpr int scm_pidfd = 4; // SCM_PIDFD, since Linux 6.5; older headers lack it

// One byte, and room for control messages.
struct Letter {
    std::byte tag{};
    iovec piece{&tag, 1};
    alignas(cmsghdr) std::byte control[CMSG_SPACE(sizeof(int)) + 256]{};
    msghdr head{nullptr, 0, &piece, 1, control, sizeof control, 0};
};

Endpoint name_of(std::string_view text);
bool is_socket_file(const char* path);
bool is_refused(const Endpoint& name);
void makes_room(const char* path, const Endpoint& name);
UniqueFd listener_at(const Endpoint& name);

void encloses(Letter& letter, int number);
void sends(int wire, Letter& letter);
ssize_t receives(int wire, Letter& letter);
bool brings_descriptors(const cmsghdr& part);
std::vector<UniqueFd> gifts_of(Letter& letter);

} // namespace kata
