#pragma once

struct msghdr;

// Control messages (cmsg(3)) that travel beside the bytes of sendmsg() and recvmsg().
namespace lab {

struct Event;

// Writes them into event.control as the diagram shows them: "SO_TIMESTAMP, IP_PKTINFO 127.0.0.2". That is ipi_spec_dst; where
// the header's destination was another address (a broadcast), it follows in brackets. Descriptors that came are left out: they
// are shown with the result.
void keep_control(Event& event, const msghdr& message);
// The same before sendmsg(): "descriptor 4", or "descriptors 4, 0" of a message that is too long for the one that was meant.
void keep_sent_control(Event& event, const msghdr& message);

} // namespace lab
