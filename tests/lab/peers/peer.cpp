#include "lab/peers/peer.h"

#include "lab/peers/wiring.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <algorithm>
#include <cerrno>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab {

// What the kernel may need to deliver, in a narrow window, the rest of a connection whose process has ended.
constexpr int orphan_ms = 1000;

Peer::Peer(Supervisor& run, std::string name, int fd) : run_{&run}, name_{std::move(name)}, number_{run.add_peer(name_)}, fd_{fd}
{
    if (fd_ < 0)
        return;
    run.name_port(port(), name_);
    run.watches_wire(fd_);
}

Peer::Peer(Peer&& other) noexcept
    : run_{other.run_},
      name_{std::move(other.name_)},
      number_{other.number_},
      fd_{std::exchange(other.fd_, -1)},
      end_{other.end_}
{
}

Peer::~Peer()
{
    if (fd_ >= 0)
        ::close(fd_);
}

void Peer::note(const std::string& text)
{
    run_->settle();
    if (fd_ >= 0)
        run_->note(number_, text);
}

bool Peer::push(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0)
            bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (errno == EAGAIN ? !run_->await_fd(fd_, POLLOUT) : errno != EINTR)
            return false;
    }
    return true;
}

void Peer::sends(std::string_view bytes)
{
    if (fd_ < 0)
        return;
    note("sends " + (bytes.size() > 24 ? in_quotes(bytes, 16) + " (" + plural(bytes.size(), "byte") + ")" : in_quotes(bytes)));
    if (!push(bytes))
        note("could not send it all");
}

void Peer::sends_urgently(char byte)
{
    if (fd_ < 0)
        return;
    note("sends " + in_quotes({&byte, 1}) + " urgently");
    if (::send(fd_, &byte, 1, MSG_OOB | MSG_NOSIGNAL | MSG_DONTWAIT) == 1)
        ++run_->arena().urgent;
    else
        note("could not send it");
}

void Peer::dribbles(std::string_view bytes)
{
    for (const char& byte : bytes)
        sends({&byte, 1});
}

std::size_t Peer::floods(std::size_t most)
{
    if (fd_ < 0)
        return 0;
    note("floods");
    const std::string block = pattern(65536);
    std::size_t sent = 0;
    while (sent < most) {
        const ssize_t n = ::send(fd_, block.data(), std::min(block.size(), most - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            sent += static_cast<std::size_t>(n);
        } else if (errno == EAGAIN) {
            run_->settle(); // asleep with bytes to read would be awake again: what is full now stays full
            pollfd p{fd_, POLLOUT, 0};
            if (!run_->step() || ::poll(&p, 1, 0) <= 0)
                break;
        } else if (errno != EINTR) {
            break;
        }
    }
    run_->note(number_, "has sent " + plural(sent, "byte"));
    return sent;
}

std::size_t Peer::echoes()
{
    if (fd_ < 0)
        return 0;
    note("echoes all that comes");
    std::size_t echoed = 0;
    std::string piece;
    do { // takes no more before it has got rid of what it has: as a server does
        piece = pull(std::clamp<std::size_t>(unread(), 1, 16384));
        echoed += piece.size();
    } while (push(piece) && end_ == End::none && !piece.empty());
    run_->note(number_, "has echoed " + plural(echoed, "byte"));
    return echoed;
}

void Peer::finishes_writing()
{
    if (fd_ < 0)
        return;
    note("finishes writing (FIN)");
    ::shutdown(fd_, SHUT_WR);
}

void Peer::closes()
{
    if (fd_ < 0)
        return;
    run_->settle(); // or what it sends in answer to our last act may be counted or not
    note(unread() > 0 ? "closes with bytes unread (RST)" : "closes (FIN)");
    ::close(std::exchange(fd_, -1));
}

void Peer::resets()
{
    if (fd_ < 0)
        return;
    note("resets (RST)");
    const linger abort{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    ::close(std::exchange(fd_, -1));
}

void Peer::wakes_up_slowly(int receive_buffer) { wiring::set_buffer(fd_, SO_RCVBUF, receive_buffer); }

std::string Peer::pull(std::size_t n)
{
    std::string bytes;
    char block[65536];
    while (fd_ >= 0 && bytes.size() < n && end_ == End::none) {
        const ssize_t got = ::recv(fd_, block, std::min(sizeof block, n - bytes.size()), MSG_DONTWAIT);
        if (got > 0)
            bytes.append(block, static_cast<std::size_t>(got));
        else if (got == 0 || errno == ECONNRESET)
            end_ = got == 0 ? End::fin : End::reset;
        else if (errno != EINTR && (errno != EAGAIN || !run_->await_fd(fd_, POLLIN, orphan_ms)))
            break;
    }
    if (end_ != End::none) {
        run_->settle(); // a learner who died ended its connections, too: that is not its answer
        if (run_->verdict() != Verdict::none && !run_->has_returned())
            end_ = End::none;
    }
    return bytes;
}

std::string Peer::receives(std::size_t n)
{
    std::string bytes = pull(n);
    note("receives " + what_came(bytes));
    return bytes;
}

std::string Peer::receives_all(std::size_t most)
{
    std::string bytes = pull(most);
    note("receives " + what_came(bytes));
    return bytes;
}

std::string Peer::what_came(const std::string& bytes) const
{
    std::string text =
        bytes.empty() ? "" : in_quotes(bytes, 24) + (bytes.size() > 24 ? " (" + plural(bytes.size(), "byte") + ")" : "");
    if (end_ != End::none)
        text += std::string{text.empty() ? "" : ", then "} + (end_ == End::fin ? "the end (FIN)" : "a reset (RST)");
    return text.empty() ? "nothing" : text;
}

bool Peer::waits_until_connected()
{
    run_->await_fd(fd_, POLLOUT);
    return is_connected();
}

std::size_t Peer::unread() const
{
    int n = 0;
    return ::ioctl(fd_, SIOCINQ, &n) == 0 ? static_cast<std::size_t>(n) : 0;
}

std::size_t Peer::unsent() const
{
    int n = 0;
    return ::ioctl(fd_, SIOCOUTQ, &n) == 0 ? static_cast<std::size_t>(n) : 0;
}

std::uint16_t Peer::port() const { return wiring::port_of(wiring::own_name(fd_)); }

std::string pattern(std::size_t n)
{
    std::string text(n, '.');
    for (std::size_t i = 0; i < n; ++i) // 61 is prime: no buffer size repeats in step with it
        text[i] = static_cast<char>('A' + (i % 61 + i / 61 / 1024) % 58);
    return text;
}

} // namespace lab
