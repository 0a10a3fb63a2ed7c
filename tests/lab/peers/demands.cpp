// The part of a peer that demands: each failure is reported at the place of the call, in words.
#include "lab/peers/peer.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace lab {

namespace {

// A reset has come: recv() does not tell it where the end came before.
bool is_broken(int fd)
{
    pollfd p{fd, 0, 0};
    return ::poll(&p, 1, 0) > 0 && (p.revents & POLLERR) != 0;
}

} // namespace

void Peer::fails(const std::string& expected, const std::string& came, const char* file, int line) const
{
    report_findings(run_->arena());
    add_failure(file, line, name_ + " receives " + expected, came, last_act(run_->arena(), number_));
}

void Peer::expects(std::string_view bytes, const char* file, int line)
{
    const std::string came = receives(bytes.size());
    if (came != bytes)
        fails(in_quotes(bytes) + (bytes.size() > 60 ? " (" + plural(bytes.size(), "byte") + ")" : ""), what_came(came), file,
              line);
}

void Peer::expects_size(std::size_t n, const char* file, int line)
{
    const std::string came = receives(n);
    const std::string right = pattern(n);
    const auto differs = std::mismatch(came.begin(), came.end(), right.begin(), right.end());
    if (came.size() < n)
        fails(plural(n, "byte"),
              plural(came.size(), "byte") + (end_ == End::none  ? ""
                                             : end_ == End::fin ? ", then the end (FIN)"
                                                                : ", then a reset (RST)"),
              file, line);
    else if (differs.first != came.end())
        fails(plural(n, "byte") + " unchanged", "other bytes from byte " + std::to_string(differs.first - came.begin()) + " on",
              file, line);
}

void Peer::expects_end(const char* file, int line)
{
    const std::string came = receives(1);
    if (!came.empty() || end_ != End::fin)
        fails("the end of the stream (FIN)", what_came(came), file, line);
}

void Peer::expects_close(const char* file, int line)
{
    const std::string came = receives(1);
    if (!came.empty() || end_ == End::none)
        fails("the end of the connection (FIN or RST)", what_came(came), file, line);
}

void Peer::expects_reset(const char* file, int line)
{
    if (end_ == End::fin) {
        run_->settle();
        if (is_broken(fd_))
            run_->note(number_, "receives a reset (RST)");
        else
            fails("a reset (RST) behind the end", "nothing", file, line);
        return;
    }
    const std::string came = receives_all();
    if (end_ != End::reset)
        fails("a reset (RST)", what_came(came), file, line);
}

void Peer::expects_silence(const char* file, int line)
{
    run_->settle();
    char byte = 0;
    if (::recv(fd_, &byte, 1, MSG_DONTWAIT | MSG_PEEK) >= 0 || errno != EAGAIN)
        fails("nothing yet", what_came(pull(std::max<std::size_t>(unread(), 1))), file,
              line); // what is there: it waits for no more
}

} // namespace lab
