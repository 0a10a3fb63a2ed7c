// The part of the learner that lays out the other side before the run: hosts that it may connect to, and what their names mean.
#include "lab/peers/peer.h"
#include "lab/peers/wiring.h"
#include "lab/script/learner.h"
#include "lab/watch/supervisor.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace lab {

Host Learner::host(std::string name, std::string_view ip, const WireOptions& options)
{
    const int fd = wiring::bound_socket(ip, SOCK_STREAM, false);
    wiring::set_buffer(fd, SO_RCVBUF, options.peer_receive_buffer); // the connections inherit them
    wiring::set_buffer(fd, SO_SNDBUF, options.peer_send_buffer);
    if (options.learner_receive_buffer > 0)
        run_->arena().receive_buffer = options.learner_receive_buffer;
    if (options.learner_send_buffer > 0)
        run_->arena().send_buffer = options.learner_send_buffer;
    if (::listen(fd, 16) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own listen"};
    return Host{*run_, std::move(name), fd};
}

Host Learner::refusing_host(std::string name, std::string_view ip)
{
    const int fd = wiring::bound_socket(ip, SOCK_STREAM, false), on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on); // for calls_from(): a second socket may have this address
    return Host{*run_, std::move(name), fd};
}

void Learner::calls_from(std::string_view ip, const Host& host)
{
    const wiring::Name own = wiring::name_of(ip, host.port());
    OwnEnd& end = run_->arena().own_end;
    std::memcpy(end.name, own.get(), own.size);
    end.size = own.size;
    end.port = host.port();
}

void Learner::peers_are_called(std::string_view ip_and_scope)
{
    const std::size_t percent = ip_and_scope.find('%');
    const std::string ip{ip_and_scope.substr(0, percent)};
    ShownName& shown = run_->arena().shown_name;
    if (percent == std::string_view::npos || ::inet_pton(AF_INET6, ip.c_str(), shown.ip) != 1)
        throw std::logic_error{"the lab needs an IPv6 address with the number of its interface: fe80::5%7"};
    shown.scope = static_cast<std::uint32_t>(std::stoul(std::string{ip_and_scope.substr(percent + 1)}));
}

Host Learner::silent_host(std::string name, std::string_view ip)
{
    Host host{*run_, std::move(name), wiring::listening_socket(ip, 0, false)}; // admits one (listen(2), NOTES)
    const wiring::Name here = wiring::own_name(host.fd_);
    host.filler_ = wiring::bound_socket(ip, SOCK_STREAM, false);
    if (::connect(host.filler_, here.get(), here.size) < 0)
        throw std::system_error{errno, std::generic_category(), "the lab's own connect"};
    return host;
}

UdpPeer Learner::udp_host(std::string name, std::string_view ip)
{
    return UdpPeer{*run_, std::move(name), wiring::bound_socket(ip, SOCK_DGRAM, true)};
}

namespace {

KnownName& add_name(Supervisor& run, std::string_view name)
{
    Arena& arena = run.arena();
    if (arena.name_count == Arena::max_names || name.size() >= sizeof KnownName::name)
        throw std::logic_error{"too many names in one test, or too long a one"};
    KnownName& known = arena.names[arena.name_count++];
    name.copy(known.name, name.size());
    return known;
}

} // namespace

void Learner::resolves(std::string_view name, const std::vector<std::string>& ips)
{
    if (ips.size() > KnownName::max_ips)
        throw std::logic_error{"too many addresses of one name"};
    KnownName& known = add_name(*run_, name);
    for (const std::string& ip : ips)
        ip.copy(known.ips[known.ip_count++], sizeof known.ips[0] - 1);
}

void Learner::cannot_resolve(std::string_view name, int error, int system_error)
{
    if ((error == EAI_SYSTEM) != (system_error != 0))
        throw std::logic_error{"EAI_SYSTEM has an errno behind it, and no other error of a lookup has"};
    KnownName& known = add_name(*run_, name);
    known.error = error;
    known.system_error = system_error;
}

} // namespace lab
