// tcp_client 127.0.0.1:8080
#include "11_tcp_client/tcp_client.h"
#include "kata.h"

#include <cstdio>
#include <exception>
#include <iostream>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT, for example %s 127.0.0.1:8080\n", argv[0], argv[0]);
        return 2;
    }
    try {
        kata::run_client(kata::parse_endpoint(argv[1]), std::cin, std::cout);
        return 0;
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/11_tcp_client/tcp_client.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
