// epoll_reactor 127.0.0.1:8080
#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "29_epoll_reactor/echo_server.h"
#include "kata.h"

#include <cstdio>
#include <exception>
#include <fcntl.h>

namespace {

void serve(const kata::Endpoint& where)
{
    const kata::Bound place = kata::bind_tcp(where);
    ::fcntl(place.fd.get(), F_SETFL, O_NONBLOCK); // whom epoll has seen may be gone before accept()
    kata::listen_on(place.fd.get());
    kata::Reactor reactor;
    const kata::EchoServer server{reactor, place.fd.get()};
    std::printf("listening on %s\n", to_string(place.local).c_str());
    for (;;)
        reactor.run_once(-1);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT, for example %s 127.0.0.1:8080\n", argv[0], argv[0]);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each line at once, also into a file
    try {
        serve(kata::parse_endpoint(argv[1]));
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/29_epoll_reactor/epoll_reactor.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
