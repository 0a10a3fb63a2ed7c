#pragma once

// In place of <netinet/tcp.h>: it and <linux/tcp.h>, which knows more counters, define the same names, and the lab is compiled in
// large pieces.
#include <linux/tcp.h>

namespace lab::tcp {

// tcp_info.tcpi_state; their names stand in <netinet/tcp.h> alone.
constexpr int established = 1, syn_sent = 2, syn_received = 3, fin_wait1 = 4, fin_wait2 = 5, closed = 7, close_wait = 8,
              listening = 10;

} // namespace lab::tcp
