// serve_forever 127.0.0.1:8080
#include "07_send/send.h"
#include "20_serve_forever/servers.h"
#include "kata.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <thread>

namespace {

struct Echo : kata::StreamRequestHandler {
    using StreamRequestHandler::StreamRequestHandler;
    void handle() override
    {
        std::array<std::byte, 16384> buffer;
        for (ssize_t n = 0; (n = ::recv(request.socket, buffer.data(), buffer.size(), 0)) > 0;)
            kata::send_all(request.socket, std::span{buffer}.first(static_cast<std::size_t>(n)));
    }
};

struct EchoServer : kata::TcpServer {
    using TcpServer::TcpServer;
    void handle_error(const kata::Endpoint& client, std::exception_ptr error) noexcept override
    {
        try {
            std::fprintf(stderr, "%s: ", client.size == 0 ? "server" : to_string(client).c_str());
            std::rethrow_exception(error);
        } catch (const std::exception& e) {
            std::fprintf(stderr, "%s\n", e.what());
        } catch (...) {
            std::fprintf(stderr, "something that is no std::exception\n");
        }
    }
};

// The loop has a thread of its own, and this one waits for Ctrl-C: a signal handler could not call shutdown() (signal-safety(7)).
void serve(const kata::Endpoint& where)
{
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr); // first, because threads inherit it
    kata::ThreadingMixIn<EchoServer> server{where, kata::make_handler<Echo>};
    std::printf("listening on %s\n", to_string(server.server_address).c_str());
    std::jthread loop{[&] { server.serve_forever(); }};
    int signal = 0;
    sigwait(&ends, &signal);
    server.shutdown();
    std::printf("waiting for the last clients\n");
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
        return 0;
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/20_serve_forever/serve_forever.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
