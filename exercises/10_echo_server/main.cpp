// echo_server 127.0.0.1:8080
#include "03_bind/bind.h"
#include "10_echo_server/echo_server.h"
#include "kata.h"

#include <cstdio>
#include <exception>

namespace {

// echo_server() does not return, so what port 0 stands for must be known before. This socket only holds the port: it never
// listens, and so the server, which sets SO_REUSEADDR as this one does, may bind beside it (socket(7)).
kata::Bound hold(const kata::Endpoint& where)
{
    kata::Bound place = kata::bind_tcp(where);
    if (where.port() != 0)
        place.fd.reset(); // it only had to be free
    return place;
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
        const kata::Bound place = hold(kata::parse_endpoint(argv[1]));
        std::printf("listening on %s\n", to_string(place.local).c_str());
        kata::echo_server(place.local);
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/10_echo_server/echo_server.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
