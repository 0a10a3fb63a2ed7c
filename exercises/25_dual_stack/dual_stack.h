#pragma once

#include "02_address/address.h"
#include "03_bind/bind.h"

#include <string>
#include <vector>

namespace kata {

// One TCP listener for clients of both families: an IPv6 socket at [::]:port that takes IPv4 clients as well (ipv6(7),
// IPV6_V6ONLY), whatever the default of this machine is. Where the kernel has no IPv6 (EAFNOSUPPORT): one at 0.0.0.0:port.
//
// As with bind_tcp() of 03, port 0 is the kernel's choice, `local` has the real one, old connections of the port do not stand in
// the way, and the socket is close-on-exec.
//
// Throws std::system_error with the errno of the call that failed: EADDRINUSE when somebody listens on that port, in either
// family; EMFILE... Nothing is left open then.
//
//   Bound server = listen_dual(8080);   // nc -4 and nc -6 both find it
Bound listen_dual(std::uint16_t port);

// The same as two listeners with one port: first one at [::]:port, for IPv6 clients alone, then one at 0.0.0.0:port. Where the
// kernel has no IPv6, the second alone. With port 0, where the port that the kernel chose for the first is taken for the second,
// another one is chosen for both; it gives up (EADDRINUSE) after some tries, eight at least.
std::vector<Bound> listen_each(std::uint16_t port);

// An IPv4 client as a listener for both families sees it, ::ffff:192.0.2.7, is the IPv4 endpoint 192.0.2.7 with that port
// (RFC 4291 section 2.5.5.2). Any other endpoint comes back as it is.
Endpoint canonical(const Endpoint& endpoint);

// The address of canonical(endpoint) without its port, for access lists, counters and logs: one text for one host, whichever
// listener it came to. "192.0.2.7", "2001:db8::1". A link-local address says nothing without its interface, and has it behind it:
// "fe80::1%eth0", or the number where no interface has that (RFC 4007 section 11); without a scope id "fe80::1". Any other
// address is one host on all interfaces, and has none behind it, whatever its scope id.
// Throws std::invalid_argument when it is no IP address; std::system_error with errno when nobody can be asked for the name of
// the interface (if_indextoname(3), without a descriptor): with the number the same host would have a second text.
//
//   if (banned.contains(canonical_ip(client->peer))) ...
std::string canonical_ip(const Endpoint& endpoint);

} // namespace kata
