// What an echo costs each shape of server, and what an idle client costs it: system calls (counted), CPU time, memory. Run it on
// an idle machine. Nothing asserts a figure.
#include "bench/served.h"
#include "lab/lab.h"

#include "05_accept/accept.h"
#include "27_threaded_server/threaded_server.h"
#include "28_poll_chat/poll_chat.h"
#include "29_epoll_reactor/echo_server.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <stdexcept>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using bench::Served;

constexpr std::string_view message = "thirty-two bytes, with their end\n";
constexpr std::size_t idle_ones = 9000;

void sends(const kata::UniqueFd& client) { (void)!::send(client.get(), message.data(), message.size(), MSG_NOSIGNAL); }

void hears(const kata::UniqueFd& client)
{
    char text[message.size()];
    if (::recv(client.get(), text, sizeof text, MSG_WAITALL) != static_cast<ssize_t>(message.size()))
        throw std::runtime_error{"a client did not hear what it should"};
}

// One round of all clients; returns how many messages the server has delivered.
using Clients = std::vector<kata::UniqueFd>;
using Round = long (*)(Clients&, long number);

long all_at_once(Clients& clients, long)
{
    std::for_each(clients.begin(), clients.end(), sends);
    std::for_each(clients.begin(), clients.end(), hears);
    return static_cast<long>(clients.size());
}

long one_to_all(Clients& clients, long number)
{
    const std::size_t speaker = static_cast<std::size_t>(number) % clients.size();
    sends(clients[speaker]);
    for (std::size_t i = 0; i < clients.size(); ++i)
        if (i != speaker)
            hears(clients[i]);
    return static_cast<long>(clients.size()) - 1;
}

constexpr long echoes_of_one = 200;

// All have connected; the first one talks and leaves, then it is the next one's turn.
long in_turn(Clients& clients, long number)
{
    sends(clients.front());
    hears(clients.front());
    if (number % echoes_of_one == echoes_of_one - 1)
        clients.erase(clients.begin());
    return 1;
}

struct Shape {
    const char* name;
    std::size_t fewest; // clients
    Round round;
    void (*serve)(int listener);
};

void echo(int connection)
{
    char text[16384];
    for (ssize_t n = 0; (n = ::recv(connection, text, sizeof text, 0)) > 0;)
        if (::send(connection, text, static_cast<std::size_t>(n), MSG_NOSIGNAL) != n)
            return;
}

void threads(int listener)
{
    kata::ThreadedServer server{kata::UniqueFd{listener}, [](int connection, const kata::Endpoint&) { echo(connection); },
                                20'000};
    server.start();
    for (;;)
        ::pause();
}

void chat(int listener)
{
    struct Nobody : kata::ChatLog {
        void left(const kata::Endpoint&, kata::Left) noexcept override {}
    } log;
    int never[2];
    (void)!::pipe(never);
    ::fcntl(listener, F_SETFL, O_NONBLOCK);
    kata::chat_server(listener, never[0], {}, log);
}

void reactor(int listener)
{
    ::fcntl(listener, F_SETFL, O_NONBLOCK);
    kata::Reactor reactor;
    const kata::EchoServer server{reactor, listener};
    for (;;)
        reactor.run_once(-1);
}

// echo_server() makes its own listener: what it does with each client is this.
void one_after_another(int listener)
{
    for (;;)
        if (const auto client = kata::accept_one(listener))
            echo(client->fd.get());
}

constexpr Shape shapes[] = {
    {"10 one after another", 1, in_turn, one_after_another},
    {"27 a thread each", 1, all_at_once, threads},
    {"28 poll, one to all", 2, one_to_all, chat},
    {"29 epoll", 1, all_at_once, reactor},
};

Clients come(const Served& server, std::size_t number)
{
    Clients clients;
    for (std::size_t i = 0; i < number; ++i)
        clients.push_back(server.connect());
    server.sleeps();
    return clients;
}

void print_an_echo(const Shape& shape, std::size_t number)
{
    const long all = static_cast<long>(number), enough = shape.round == in_turn ? echoes_of_one * all : 20'000 / all + 4;
    double us = 0, calls = 0;
    {
        const Served server{shape.serve, Served::Calls::left_alone};
        Clients clients = come(server, number);
        if (shape.round != in_turn)
            shape.round(clients, 0); // the first one finds no buffer and no stack
        const double before = server.cpu_us();
        long delivered = 0;
        for (long i = 0; i < enough; ++i)
            delivered += shape.round(clients, i);
        us = (server.cpu_us() - before) / static_cast<double>(delivered);
    }
    {
        const Served server{shape.serve, Served::Calls::counted};
        Clients clients = come(server, number);
        shape.round(clients, 0);
        server.sleeps();
        const long before = server.calls();
        long delivered = 0;
        for (long i = 0; i < std::min(enough, 8L); ++i)
            delivered += shape.round(clients, i);
        server.sleeps();
        calls = static_cast<double>(server.calls() - before) / static_cast<double>(delivered);
    }
    std::printf("%-22s %6zu clients %9.2f calls %9.1f us CPU\n", shape.name, number, calls, us);
}

void print_idle_ones(const Shape& shape)
{
    const Served server{shape.serve, Served::Calls::left_alone};
    Clients active = come(server, 2);
    shape.round(active, 0);
    const double before = server.resident_kib();
    const Clients idle = come(server, idle_ones);
    std::printf("%-22s %6zu idle    %9.2f KiB each of user memory, %.0f threads\n", shape.name, idle_ones,
                (server.resident_kib() - before) / static_cast<double>(idle_ones), server.threads());
    if (shape.round == one_to_all)
        return; // they would all hear it
    const double used = server.cpu_us();
    long delivered = 0;
    for (long i = 0; i < 5000; ++i)
        delivered += shape.round(active, i);
    std::printf("%-22s %6zu idle    %19s %9.1f us CPU for an echo of two others\n", "", idle_ones, "",
                (server.cpu_us() - used) / static_cast<double>(delivered));
}

std::size_t allow_descriptors()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

} // namespace

TEST(Servers, AnEcho)
{
    allow_descriptors();
    for (const std::size_t number : {1, 2, 16, 256, 1000})
        for (const Shape& shape : shapes)
            if (number >= shape.fewest)
                print_an_echo(shape, number);
}

TEST(Servers, IdleClients)
{
    if (const std::size_t descriptors = allow_descriptors(); descriptors < idle_ones + 100)
        GTEST_SKIP() << idle_ones << " clients: this process may have " << descriptors << " descriptors (ulimit -Hn)";
    for (const Shape& shape : shapes)
        if (shape.round != in_turn)
            print_idle_ones(shape);
}
