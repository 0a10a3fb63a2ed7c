// udp_server 127.0.0.1:8080
#include "15_udp_server/udp_server.h"
#include "kata.h"
#include "printable.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>

namespace {

void report(const kata::Received& received, std::span<const std::byte> scratch)
{
    const bool fitted = received.size <= scratch.size();
    const std::size_t shown = std::min({received.size, scratch.size(), std::size_t{60}});
    std::printf("%s sent %zu bytes%s: %s\n", to_string(received.from).c_str(), received.size,
                received.echoed ? ""
                : fitted        ? ", and gets no answer"
                                : ", too many to answer",
                kata::printable(scratch.first(shown)).c_str());
}

void serve(const kata::Endpoint& where)
{
    const kata::UniqueFd server = kata::udp_bind(where);
    std::printf("listening on %s\n", to_string(kata::local_endpoint(server.get())).c_str());
    std::array<std::byte, 1024> scratch;
    for (;;)
        report(kata::udp_echo_once(server.get(), scratch), scratch);
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
        std::fprintf(stderr, "not written yet: open exercises/15_udp_server/udp_server.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
