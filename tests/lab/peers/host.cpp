#include "lab/peers/host.h"

#include "lab/peers/peer.h"
#include "lab/peers/wiring.h"
#include "lab/tell/lesson.h"
#include "lab/watch/supervisor.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace lab {

Host::Host(Supervisor& run, std::string name, int fd) : run_{&run}, name_{std::move(name)}, port_{0}, fd_{fd}
{
    const wiring::Name own = wiring::own_name(fd_);
    port_ = wiring::port_of(own);
    address_ = wiring::text_of(own);
    run.name_port(port_, name_);
}

Host::Host(Host&& other) noexcept
    : run_{other.run_},
      name_{std::move(other.name_)},
      address_{std::move(other.address_)},
      port_{other.port_},
      fd_{std::exchange(other.fd_, -1)},
      filler_{std::exchange(other.filler_, -1)}
{
}

Host::~Host()
{
    for (const int fd : {fd_, filler_})
        if (fd >= 0)
            ::close(fd);
}

Peer Host::accepts()
{
    const bool came = run_->await_fd(fd_, POLLIN);
    run_->settle();
    const int connection = came ? ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
    run_->awaits_syn(-1);
    Peer peer{*run_, name_, connection};
    if (connection >= 0)
        run_->note(run_->add_peer(name_), "accepts");
    return peer;
}

void Host::makes_room()
{
    run_->settle();
    run_->note(run_->add_peer(name_), "has room now");
    ::close(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
    run_->awaits_syn(fd_);
}

void Host::expects_nobody(const char* file, int line)
{
    run_->settle();
    pollfd p{fd_, POLLIN, 0};
    if (::poll(&p, 1, 0) > 0)
        add_failure(file, line, "no connection to " + name_, "one that waits to be accepted");
}

} // namespace lab
