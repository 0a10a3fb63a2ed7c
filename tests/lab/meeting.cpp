// How peers and the learner meet: wires laid before the run, and clients that come to a learner who listens.
#include "lab/describe.h"
#include "lab/learner.h"
#include "lab/peer.h"
#include "lab/supervisor.h"
#include "lab/wiring.h"

#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace lab {

Peer Learner::wire(std::string name, const WireOptions& options)
{
    const auto [learner, peer] = wiring::tcp_pair(options.learner_receive_buffer, options.learner_send_buffer,
                                                  options.peer_receive_buffer, options.peer_send_buffer);
    wiring::set_nonblocking(learner, options.nonblocking);
    hand_over(learner);
    return Peer{*run_, std::move(name), peer};
}

Peer Learner::unix_wire(std::string name, const WireOptions& options)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own socketpair"};
    wiring::set_nonblocking(ends[0], options.nonblocking);
    wiring::set_nonblocking(ends[1], true);
    hand_over(ends[0]);
    return Peer{*run_, std::move(name), ends[1]};
}

UdpPeer Learner::udp_wire(std::string name)
{
    const int learner = wiring::bound_socket("127.0.0.1", SOCK_DGRAM, false);
    UdpPeer peer = udp(std::move(name));
    peer.aims_at(wiring::port_of(wiring::own_name(learner)));
    hand_over(learner);
    return peer;
}

int Learner::listener(int backlog, bool nonblocking)
{
    if (listener_ >= 0)
        throw std::logic_error{"one listener for each learner"};
    listener_ = wiring::listening_socket("127.0.0.1", backlog, nonblocking);
    hand_over(::dup(listener_));
    return fd(handed_.size() - 1);
}

void Learner::shuts_down_listener()
{
    run_->settle();
    run_->note(run_->add_peer("the test"), "shuts the listener down");
    ::shutdown(listener_, SHUT_RDWR);
}

namespace {

int type_of(const Arena& arena, int fd)
{
    int type = 0;
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i))
        if (const Event& e = arena.event(i); e.who == the_learner && e.call == Call::socket && e.result == fd)
            type = static_cast<int>(e.args[1] & 0xF);
    return type;
}

// Where the learner can be reached: a stream socket after listen(), a datagram socket after bind(). Family 0: nowhere yet.
Address door_of(const Arena& arena)
{
    Address door{};
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i)) {
        const Event& e = arena.event(i);
        const bool opens = e.call == Call::listen || (e.call == Call::bind && type_of(arena, e.fd) == SOCK_DGRAM);
        if (e.who == the_learner && opens && e.phase == Phase::returned && e.result == 0)
            door = e.other_address;
    }
    return door;
}

} // namespace

std::uint16_t Learner::port()
{
    if (listener_ >= 0)
        return wiring::port_of(wiring::own_name(listener_));
    Address door{};
    run_->await([&] { return (door = door_of(run_->arena())).family != 0; });
    return door.port;
}

std::string Learner::ip()
{
    const Address door = listener_ >= 0 || port() == 0 ? Address{} : door_of(run_->arena());
    PortNames names{{}};
    if (door.family == 0 || door.ip[0] == 0) // the wildcard, or ::1
        return door.family == AF_INET6 ? "::1" : "127.0.0.1";
    const std::string text = names.text(door);
    return text.substr(0, text.rfind(':'));
}

Peer Learner::connect(std::string name, const WireOptions& options)
{
    const std::string there = ip();
    return connect_to(there, std::move(name), options);
}

Peer Learner::connect_to(std::string_view ip, std::string name, const WireOptions& options)
{
    const wiring::Name to = wiring::name_of(ip, port());
    run_->settle();
    if (run_->verdict() != Verdict::none) // nobody is there any more, and the reason is known
        return Peer{*run_, std::move(name), -1};
    const int fd = wiring::bound_socket(to.address.ss_family == AF_INET6 ? "::1" : "127.0.0.1", SOCK_STREAM, true);
    wiring::set_buffer(fd, SO_RCVBUF, options.peer_receive_buffer);
    wiring::set_buffer(fd, SO_SNDBUF, options.peer_send_buffer);
    Peer peer{*run_, std::move(name), fd}; // bound before, so that its port has a name when the learner sees it
    if (wiring::port_of(to) == 0)
        return peer;
    run_->note(run_->add_peer(peer.name()), ip == this->ip() ? "connects" : "connects to " + std::string{ip});
    if (::connect(fd, to.get(), to.size) < 0 && errno == EINPROGRESS)
        run_->await_fd(fd, POLLOUT);
    if (!peer.is_connected())
        run_->note(run_->add_peer(peer.name()), "is refused, or not answered");
    return peer;
}

Peer Learner::knock(std::string name)
{
    const wiring::Name to = wiring::name_of(ip(), port());
    run_->settle();
    Peer peer{*run_, std::move(name), ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    run_->note(run_->add_peer(peer.name()), "begins to connect");
    static_cast<void>(::connect(peer.fd(), to.get(), to.size)); // EINPROGRESS, or an end that is_connected() sees
    if (!peer.is_connected())
        run_->note(run_->add_peer(peer.name()), "is not connected yet (SYN_SENT)");
    return peer;
}

UdpPeer Learner::udp(std::string name)
{
    const std::string there = run_->was_started() ? ip() : "127.0.0.1";
    UdpPeer peer{*run_, std::move(name), wiring::bound_socket(there == "::1" ? there : "127.0.0.1", SOCK_DGRAM, true)};
    if (run_->was_started())
        peer.aims_at(port(), there);
    return peer;
}

} // namespace lab
