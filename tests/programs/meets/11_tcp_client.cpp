// tcp_client 127.0.0.1:8080 < request > answer: one exchange of any size. For `kata group`; the exercise's own main.cpp talks in
// lines.
#include "09_connect/connect.h"
#include "11_tcp_client/tcp_client.h"
#include "input.h"
#include "kata.h"

#include <array>
#include <cstdio>
#include <exception>
#include <string>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s ADDRESS:PORT\n", argv[0]);
        return 2;
    }
    try {
        const std::string request = all_input();
        const kata::UniqueFd fd = kata::connect_any(std::array{kata::parse_endpoint(argv[1])});
        const kata::Answer answer = kata::exchange(fd.get(), std::as_bytes(std::span{request}), 60000);
        std::fwrite(answer.bytes.data(), 1, answer.bytes.size(), stdout);
        if (answer.end == kata::End::finished)
            return 0;
        std::fprintf(stderr, answer.end == kata::End::reset ? "the server broke the connection off\n" : "the time is over\n");
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/11_tcp_client/tcp_client.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
