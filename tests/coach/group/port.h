#pragma once

#include <cstddef>
#include <string>

namespace coach {

// The port of the first whole line of `said` that announces one: "listening on 127.0.0.1:PORT". 0: there is none yet.
int announced_port(const std::string& said);

// What the kernel knows of a TCP port here, over IPv4 (proc(5), /proc/net/tcp).
bool somebody_listens(int port);
std::size_t accepted_by(int port); // connections that the server has accepted, and that neither side has ended

} // namespace coach
