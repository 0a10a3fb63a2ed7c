// udp_client 127.0.0.1:8080 hello
#include "16_udp_client/udp_client.h"
#include "kata.h"
#include "printable.h"

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT QUESTION, for example %s 127.0.0.1:8080 hello\n", argv[0], argv[0]);
        return 2;
    }
    try {
        kata::UdpClient client{kata::parse_endpoint(argv[1])};
        const auto answer = client.ask(std::as_bytes(std::span{std::string_view{argv[2]}}), 1000, 3);
        if (answer) {
            std::printf("%s\n", kata::printable(*answer).c_str());
            return 0;
        }
        std::fprintf(stderr, "no answer in 3 seconds\n");
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/16_udp_client/udp_client.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
