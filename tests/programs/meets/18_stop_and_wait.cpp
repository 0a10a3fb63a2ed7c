// stop_and_wait send 127.0.0.1:8080 < file
// stop_and_wait receive 127.0.0.1:8080 LINGER_MS > file: its first line says where it listens. For `kata group`.
#include "01_socket/socket.h"
#include "02_address/address.h"
#include "18_stop_and_wait/stop_and_wait.h"
#include "input.h"
#include "kata.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <system_error>

namespace {

const kata::RdtOptions options{1024, 100, 50, 10'000, 0};

void must(int result, const char* what)
{
    if (result < 0)
        throw std::system_error{errno, std::generic_category(), what};
}

kata::UniqueFd datagram_socket(const kata::Endpoint& like)
{
    const int fd = ::socket(like.address()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    must(fd, "socket");
    return kata::UniqueFd{fd};
}

void send_file(const kata::Endpoint& to)
{
    const std::string bytes = all_input();
    const kata::UniqueFd fd = datagram_socket(to);
    must(::connect(fd.get(), to.address(), to.size), "connect");
    kata::rdt_send(fd.get(), std::as_bytes(std::span{bytes}), options);
}

// The sender of the first datagram is the other side. The datagram itself stays in the socket.
void receive_file(const kata::Endpoint& at, int linger_ms)
{
    const kata::UniqueFd fd = datagram_socket(at);
    must(::bind(fd.get(), at.address(), at.size), "bind");
    std::printf("listening on %s\n", to_string(kata::local_endpoint(fd.get())).c_str());
    std::fflush(stdout);
    sockaddr_storage sender{};
    socklen_t size = sizeof sender;
    auto* const from = reinterpret_cast<sockaddr*>(&sender);
    must(static_cast<int>(::recvfrom(fd.get(), nullptr, 0, MSG_PEEK, from, &size)), "recvfrom");
    must(::connect(fd.get(), from, size), "connect");
    kata::RdtOptions patient = options;
    patient.linger_ms = linger_ms;
    const std::vector<std::byte> bytes = kata::rdt_recv(fd.get(), patient);
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view what = argc > 2 ? argv[1] : "";
    if (!(what == "send" && argc == 3) && !(what == "receive" && argc == 4)) {
        std::fprintf(stderr, "usage: %s send ADDRESS:PORT | receive ADDRESS:PORT LINGER_MS\n", argv[0]);
        return 2;
    }
    try {
        if (what == "send")
            send_file(kata::parse_endpoint(argv[2]));
        else
            receive_file(kata::parse_endpoint(argv[2]), std::atoi(argv[3]));
        return 0;
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/18_stop_and_wait/stop_and_wait.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
