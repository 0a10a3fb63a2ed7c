// poll_chat 127.0.0.1:8080: a chat. What a client says goes to all others, until Ctrl-C.
#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "28_poll_chat/poll_chat.h"
#include "kata.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <system_error>

namespace {

struct Printed : kata::ChatLog {
    void left(const kata::Endpoint& client, kata::Left why) noexcept override
    {
        static constexpr const char* words[] = {"left", "lost", "was too slow", "sent a line that is too long"};
        std::printf("%s %s\n", to_string(client).c_str(), words[static_cast<int>(why)]);
    }
};

// Can be read when somebody wants the program to end: a signal becomes a descriptor, as poll(2) needs it (signalfd(2)).
kata::UniqueFd signals()
{
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    kata::UniqueFd fd{::signalfd(-1, &ends, SFD_CLOEXEC)};
    if (!fd)
        throw std::system_error{errno, std::generic_category(), "signalfd"};
    return fd;
}

void chat(const kata::Endpoint& where)
{
    const kata::UniqueFd stop = signals();
    const kata::Bound server = kata::bind_tcp(where);
    ::fcntl(server.fd.get(), F_SETFL, O_NONBLOCK); // whom poll() has seen may be gone before accept()
    kata::listen_on(server.fd.get());
    std::printf("listening on %s\n", to_string(server.local).c_str());
    Printed log;
    kata::chat_server(server.fd.get(), stop.get(), {}, log);
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
        chat(kata::parse_endpoint(argv[1]));
        return 0;
    } catch (const kata::NotWritten&) {
        std::fprintf(stderr, "not written yet: open exercises/28_poll_chat/poll_chat.cpp\n");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    return 1;
}
