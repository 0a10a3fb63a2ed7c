// The part of the learner that meets its peers: wires laid before the run, and clients that come to a learner who listens.
#include "lab/peers/peer.h"
#include "lab/peers/wiring.h"
#include "lab/script/learner.h"
#include "lab/watch/supervisor.h"
#include "lab/words/describe.h"

#include <cerrno>
#include <linux/futex.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/syscall.h>
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

UdpPeer Learner::connected_udp_wire(std::string name)
{
    UdpPeer peer = udp_wire(std::move(name));
    const wiring::Name there = wiring::own_name(peer.fd());
    if (::connect(handed_.back(), there.get(), there.size) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own connect"};
    return peer;
}

int Learner::listener(int backlog, bool nonblocking, std::string_view ip)
{
    if (listener_ >= 0)
        throw std::logic_error{"one listener for each learner"};
    listener_ = wiring::listening_socket(ip, backlog, nonblocking);
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
// A learner who waits for the test has forgotten to listen, or was not asked to: clients then go where it is bound.
Address door_of(const Arena& arena)
{
    const bool waits = arena.halts > arena.released;
    Address door{}, bound{};
    const std::uint32_t n = arena.count;
    for (std::uint32_t i = 0; i < n; i = arena.next(i)) {
        const Event& e = arena.event(i);
        if (e.who != the_learner || e.phase != Phase::returned || e.result != 0)
            continue;
        if (e.call == Call::listen || (e.call == Call::bind && type_of(arena, e.fd) == SOCK_DGRAM))
            door = e.other_address;
        else if (e.call == Call::bind && waits)
            bound = e.other_address;
    }
    return door.family != 0 ? door : bound;
}

} // namespace

std::uint16_t Learner::port()
{
    if (listener_ >= 0)
        return wiring::port_of(wiring::own_name(listener_));
    run_->await([this] { return door_of(run_->arena()).family != 0; });
    run_->settle(); // it may give this port back, and take another one
    return door_of(run_->arena()).port;
}

std::string Learner::ip()
{
    if (listener_ >= 0)
        return wiring::ip_of(wiring::own_name(listener_));
    const Address door = port() == 0 ? Address{} : door_of(run_->arena());
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

Peer Learner::begins_to_connect(std::string_view ip, std::string name, const std::string& words, const WireOptions& options)
{
    const wiring::Name to = wiring::name_of(ip, port());
    run_->settle();
    if (run_->verdict() != Verdict::none) // nobody is there any more, and the reason is known
        return Peer{*run_, std::move(name), -1};
    const int fd = wiring::bound_socket(to.address.ss_family == AF_INET6 ? "::1" : "127.0.0.1", SOCK_STREAM, true);
    wiring::set_buffer(fd, SO_RCVBUF, options.peer_receive_buffer);
    wiring::set_buffer(fd, SO_SNDBUF, options.peer_send_buffer);
    Peer peer{*run_, std::move(name), fd}; // bound before, so that its port has a name when the learner sees it
    run_->note(run_->add_peer(peer.name()), words);
    if (wiring::port_of(to) != 0)
        static_cast<void>(::connect(fd, to.get(), to.size)); // EINPROGRESS, or an end that standing() tells
    return peer;
}

Peer Learner::connect_to(std::string_view ip, std::string name, const WireOptions& options)
{
    Peer peer = begins_to_connect(ip, std::move(name), ip == this->ip() ? "connects" : "connects to " + std::string{ip}, options);
    if (peer.standing() == Peer::unanswered)
        run_->await_fd(peer.fd(), POLLOUT);
    if (peer.fd() >= 0 && peer.standing() != Peer::connected)
        run_->note(run_->add_peer(peer.name()), peer.standing());
    return peer;
}

Peer Learner::connect_to_path(std::string_view path, std::string name)
{
    port(); // waits until it listens
    run_->settle();
    if (run_->verdict() != Verdict::none)
        return Peer{*run_, std::move(name), -1};
    const wiring::Name there = wiring::unix_name(path);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    PortNames names{{}};
    const std::string to = "connects to " + names.text(address_of(there.get(), there.size));
    const int error = ::connect(fd, there.get(), there.size) == 0 ? 0 : errno; // never later: connect(2), EAGAIN
    run_->note(run_->add_peer(name), error == 0 ? to : to + ": " + errno_name(error));
    if (error != 0)
        ::close(fd);
    return Peer{*run_, std::move(name), error == 0 ? fd : -1};
}

Peer Learner::knock(std::string name)
{
    Peer peer = begins_to_connect(ip(), std::move(name), "begins to connect", {});
    if (peer.fd() >= 0 && peer.standing() != Peer::connected)
        run_->note(run_->add_peer(peer.name()), peer.standing());
    return peer;
}

UdpPeer Learner::udp(std::string name, std::string_view ip)
{
    const std::string there = !ip.empty() ? std::string{ip} : run_->was_started() ? this->ip() : "127.0.0.1";
    UdpPeer peer{*run_, std::move(name), wiring::bound_socket(there == "::1" ? there : "127.0.0.1", SOCK_DGRAM, true)};
    if (run_->was_started())
        peer.aims_at(port(), there);
    return peer;
}

void wait_for_the_test()
{
    Arena* arena = recording;
    if (arena == nullptr)
        throw std::logic_error{"wait_for_the_test() is for the body of run()"};
    Event& event = begin_event(*arena, the_learner, Call::wait_for_the_test, -1);
    const std::uint32_t turn = arena->halts.fetch_add(1) + 1;
    event.phase.store(Phase::paused);
    beat(*arena);
    for (std::uint32_t seen = 0; (seen = arena->released) < turn;)
        syscall(SYS_futex, &arena->released, FUTEX_WAIT, seen, nullptr, nullptr, 0);
    event.ended = arena->clock.stamp();
    event.phase.store(Phase::returned);
    beat(*arena);
}

} // namespace lab
