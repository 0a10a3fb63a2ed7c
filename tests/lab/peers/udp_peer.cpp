#include "lab/peers/peer.h"
#include "lab/peers/wiring.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace lab {

namespace {

// The address, where it is not the one that every peer of a diagram has.
std::string elsewhere(const char* word, const std::string& ip) { return ip == "127.0.0.1" || ip == "::1" ? "" : word + ip; }

// A broadcast: whoever answers it has another address.
bool is_everybody(std::string_view ip) { return ip.ends_with(".255"); }

} // namespace

UdpPeer::UdpPeer(Supervisor& run, std::string name, int fd)
    : run_{&run},
      name_{std::move(name)},
      address_{wiring::text_of(wiring::own_name(fd))},
      number_{run.add_peer(name_)},
      fd_{fd}
{
    run.name_port(port(), name_);
    const int on = 1; // it may ask everybody: 127.255.255.255
    ::setsockopt(fd_, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
}

UdpPeer::UdpPeer(UdpPeer&& other) noexcept
    : run_{other.run_},
      name_{std::move(other.name_)},
      address_{std::move(other.address_)},
      number_{other.number_},
      fd_{std::exchange(other.fd_, -1)},
      target_port_{other.target_port_},
      target_ip_{std::move(other.target_ip_)},
      asked_ip_{std::move(other.asked_ip_)},
      words_{std::move(other.words_)},
      received_{other.received_}
{
}

UdpPeer::~UdpPeer()
{
    if (fd_ >= 0)
        ::close(fd_);
}

void UdpPeer::note(const std::string& text)
{
    run_->settle();
    run_->note(number_, text);
}

void UdpPeer::aims_at(std::uint16_t port, std::string_view ip)
{
    target_port_ = port;
    target_ip_ = ip;
}

void UdpPeer::connects()
{
    const wiring::Name to = wiring::name_of(target_ip_, target_port_);
    note("connects its UDP socket" + elsewhere(" to ", target_ip_));
    static_cast<void>(::connect(fd_, to.get(), to.size)); // UDP: nothing is sent, nobody refuses
}

void UdpPeer::speaks(std::function<std::string(std::string_view)> words) { words_ = std::move(words); }

void UdpPeer::sends(std::string_view bytes, std::string_view fate)
{
    if (fd_ < 0 || target_port_ == 0)
        return;
    note("sends " +
         (words_              ? words_(bytes)
          : bytes.empty()     ? "an empty datagram"
          : bytes.size() > 24 ? in_quotes(bytes, 16) + " (" + plural(bytes.size(), "byte") + ")"
                              : in_quotes(bytes)) +
         elsewhere(" to ", target_ip_) + (fate.empty() ? "" : ", " + std::string{fate}));
    asked_ip_ = target_ip_;
    const wiring::Name to = wiring::name_of(target_ip_, target_port_);
    // An error of an earlier datagram (ECONNREFUSED) is reported once and sends nothing: the second try is the real one.
    for (int tries = 0; tries < 2 && ::sendto(fd_, bytes.data(), bytes.size(), 0, to.get(), to.size) < 0; ++tries)
        if (errno != ECONNREFUSED && errno != EINTR)
            break;
}

void UdpPeer::closes()
{
    note("closes");
    ::close(std::exchange(fd_, -1));
}

// A connected socket takes what its peer sends (connect(2)), and here the peer is the socket itself: it holds the port, and
// for everybody else nobody is there.
void UdpPeer::refuses()
{
    const wiring::Name own = wiring::own_name(fd_);
    note("is gone: nobody is bound to its port");
    if (::connect(fd_, own.get(), own.size) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own connect"};
}

void UdpPeer::restarts()
{
    const wiring::Name own = wiring::own_name(fd_);
    note("is back at its port");
    const int old = std::exchange(fd_, ::socket(own.address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    for (const int fd : {old, fd_}) // both: so the new one binds while the old one still holds the port
        static_cast<void>(::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
    if (::bind(fd_, own.get(), own.size) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own bind"};
    ::close(old);
}

UdpPeer::Datagram UdpPeer::receives(std::string_view fate)
{
    Datagram datagram;
    std::string room(65536, '\0');
    wiring::Name from;
    ssize_t n = -1;
    do {
        from.size = sizeof from.address;
        n = ::recvfrom(fd_, room.data(), room.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from.address), &from.size);
    } while (n < 0 && (errno == EINTR || errno == ECONNREFUSED || (errno == EAGAIN && run_->await_fd(fd_, POLLIN))));
    if (n >= 0) {
        datagram = {true, room.substr(0, static_cast<std::size_t>(n)), wiring::port_of(from), wiring::ip_of(from)};
        aims_at(datagram.from_port, datagram.from_ip);
    }
    if (words_ && datagram.came) {
        const std::string named = "#" + std::to_string(++received_) + " " + words_(datagram.bytes);
        note(fate.empty() ? "receives " + named : named + " is " + std::string{fate});
        return datagram;
    }
    const std::string size = n > 24 ? " (" + plural(static_cast<std::size_t>(n), "byte") + ")" : "";
    const bool as_asked = asked_ip_.empty() || asked_ip_ == datagram.from_ip;
    const std::string source = !datagram.came ? ""
                               : as_asked     ? elsewhere(" from ", datagram.from_ip)
                                              : " from " + datagram.from_ip;
    note(fate.empty() || n < 0 ? "receives " +
                                     (n < 0    ? "nothing"
                                      : n == 0 ? "an empty datagram"
                                               : in_quotes(datagram.bytes, 24) + size) +
                                     source
                               : in_quotes(datagram.bytes, 24) + size + " is " + std::string{fate});
    return datagram;
}

// What the learner's own process has found stands first, as with a Peer.
void UdpPeer::fails(const std::string& expected, const std::string& came, const char* file, int line) const
{
    report_findings(run_->arena());
    add_failure(file, line, expected, came, last_act(run_->arena(), number_));
}

void UdpPeer::expects(std::string_view bytes, const char* file, int line) { compares(bytes, receives(), file, line); }
void UdpPeer::loses(std::string_view bytes, const char* file, int line) { compares(bytes, receives("lost"), file, line); }

void UdpPeer::compares(std::string_view expected, const Datagram& came, const char* file, int line) const
{
    const bool from_elsewhere = !asked_ip_.empty() && !is_everybody(asked_ip_) && came.from_ip != asked_ip_;
    if (came.came && came.bytes == expected && !from_elsewhere)
        return;
    const auto text = [this](std::string_view b) {
        return words_      ? words_(b)
               : b.empty() ? "an empty datagram"
                           : "the datagram " + in_quotes(b) + (b.size() > 60 ? " (" + plural(b.size(), "byte") + ")" : "");
    };
    fails(name_ + " receives " + text(expected),
          !came.came       ? "nothing"
          : from_elsewhere ? text(came.bytes) + " from " + came.from_ip + ", and " + name_ + " asked " + asked_ip_
                           : text(came.bytes),
          file, line);
}

void UdpPeer::expects_silence(const char* file, int line)
{
    run_->settle();
    if (waiting() == 0)
        return;
    const std::string bytes = receives().bytes;
    fails(name_ + " receives nothing", words_ ? words_(bytes) : "the datagram " + in_quotes(bytes), file, line);
}

std::size_t UdpPeer::waiting() const
{
    pollfd p{fd_, POLLIN, 0};
    return ::poll(&p, 1, 0) > 0 && (p.revents & POLLIN) != 0 ? 1 : 0;
}

std::uint16_t UdpPeer::port() const { return wiring::port_of(wiring::own_name(fd_)); }

} // namespace lab
