// echo_server 127.0.0.1:8080
#include "10_echo_server/echo_server.h"
#include "kata.h"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT, for example %s 127.0.0.1:8080\n", argv[0], argv[0]);
        return 2;
    }
    try {
        kata::echo_server(kata::parse_endpoint(argv[1]));
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/10_echo_server/echo_server.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
