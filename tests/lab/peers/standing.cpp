// The part of a peer that tells what became of a client who came to the learner's door.
#include "lab/machine/tcp_states.h"
#include "lab/peers/peer.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace lab {

std::string Peer::standing() const
{
    tcp_info info{};
    socklen_t size = sizeof info;
    ::getsockopt(fd_, IPPROTO_TCP, TCP_INFO, &info, &size);
    if (info.tcpi_state == tcp::syn_sent)
        return unanswered;
    if (info.tcpi_rtt > 0) // measured by the handshake: whatever the learner has done since, it let the client in
        return connected;
    return run_->is_running() ? refused : "finds nobody: your function is over";
}

void Peer::expects_standing(const char* expected, const char* file, int line)
{
    run_->settle();
    if (run_->verdict() != Verdict::none)
        return; // the learner's end says more than who could not connect after it
    if (standing() != expected)
        add_failure(file, line, name_ + " " + expected, name_ + " " + standing(), last_act(run_->arena(), number_));
}

void Peer::expects_connection(const char* file, int line)
{
    pollfd p{fd_, POLLOUT, 0};
    if (standing() == unanswered) // on loopback the answer is there at once, or the SYN was dropped: the next one comes in 1 s
        ::poll(&p, 1, 300);
    expects_standing(connected, file, line);
}

void Peer::expects_refusal(const char* file, int line) { expects_standing(refused, file, line); }
void Peer::expects_no_answer(const char* file, int line) { expects_standing(unanswered, file, line); }

} // namespace lab
