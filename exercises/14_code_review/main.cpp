// code_review 127.0.0.1:8080: prints what its clients say, line by line, until it is interrupted.
#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "14_code_review/code_review.h"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT, for example %s 127.0.0.1:8080\n", argv[0], argv[0]);
        return 2;
    }
    try {
        kata::Bound server = kata::bind_tcp(kata::parse_endpoint(argv[1]));
        kata::listen_on(server.fd.get());
        std::printf("listening on %s\n", kata::to_string(server.local).c_str());
        std::fflush(stdout);
        kata::run_line_server(std::move(server.fd), [](std::string_view message) {
            std::printf("%.*s\n", static_cast<int>(message.size()), message.data());
            std::fflush(stdout);
        });
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
