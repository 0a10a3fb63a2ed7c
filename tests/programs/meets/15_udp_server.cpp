// udp_server 127.0.0.1:8080: as the exercise's own main.cpp, with room for any datagram. For `kata group`.
#include "15_udp_server/udp_server.h"
#include "kata.h"

#include <cstdio>
#include <exception>
#include <vector>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT\n", argv[0]);
        return 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // each line at once, also into a pipe
    try {
        const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint(argv[1]));
        std::printf("listening on %s\n", to_string(kata::local_endpoint(server.get())).c_str());
        std::vector<std::byte> scratch(65536);
        for (;;)
            kata::udp_echo_once(server.get(), scratch);
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/15_udp_server/udp_server.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
