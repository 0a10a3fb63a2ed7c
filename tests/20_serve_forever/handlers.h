#pragma once

// The servers and handlers that the tests send to work. All of it lives in the learner's process.
#include "20_serve_forever/servers.h"
#include "lab/lab.h"

#include <chrono>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>

namespace handlers {

using namespace lab;

// What happened, in order.
inline std::mutex story_mutex;
inline std::string story;
inline void tell(const std::string& what)
{
    const std::lock_guard lock{story_mutex};
    story += what + ' ';
}
inline std::string the_story()
{
    const std::lock_guard lock{story_mutex};
    return story;
}

template <class Base>
struct Telling : Base {
    using Base::Base;
    void handle_error(const kata::Endpoint& client, std::exception_ptr error) noexcept override
    {
        if (client.size == 0)
            tell("server:");
        else if (kata::to_string(client) == kata::to_string(this->server_address))
            tell("(the server for its client)");
        try {
            std::rethrow_exception(error);
        } catch (const std::system_error& e) {
            tell(::strerrorname_np(e.code().value()));
        } catch (const char* words) {
            tell(words);
        } catch (...) {
            tell("some exception");
        }
    }
};
using Tcp = Telling<kata::TcpServer>;
using Udp = Telling<kata::UdpServer>;
struct Open : Tcp {
    using Tcp::Tcp, BaseServer::fileno;
};
template <class Base>
using Threaded = kata::ThreadingMixIn<Base>;

// Sends each line back; "throw" is answered by an exception.
struct Echo : kata::StreamRequestHandler {
    using StreamRequestHandler::StreamRequestHandler;
    void handle() override
    {
        while (const std::optional<std::string> line = read_line()) {
            if (*line == "throw")
                throw "thrown";
            write(*line + '\n');
        }
    }
    void finish() override
    {
        StreamRequestHandler::finish();
        tell("served");
    }
};

struct EchoDatagram : kata::DatagramRequestHandler {
    using DatagramRequestHandler::DatagramRequestHandler;
    void handle() override { write(text(request.packet)); }
};

// Says nothing, and leaves.
struct Leaves : kata::StreamRequestHandler {
    using StreamRequestHandler::StreamRequestHandler;
    void handle() override {}
};

template <class Server, class Handler = Echo>
struct Local : Server {
    explicit Local(const std::string& where = "127.0.0.1:0") : Server{kata::parse_endpoint(where), kata::make_handler<Handler>} {}
};

template <class Server>
void expects_one(Server& server, int limit_ms, int line = __builtin_LINE())
{
    const std::string call = "handle_request(" + std::to_string(limit_ms) + ")";
    expects(calls(call, [&] { return server.handle_request(limit_ms); }), call + " says that it served one",
            "it says that nobody came", __FILE__, line);
}

template <class Server>
void expects_none(Server& server, int limit_ms, int line = __builtin_LINE())
{
    const std::string call = "handle_request(" + std::to_string(limit_ms) + ")";
    expects(!calls(call, [&] { return server.handle_request(limit_ms); }), call + " says that nobody came",
            "it says that it served one", __FILE__, line);
}

// On the learner's clock, which the lab scripts.
inline std::chrono::milliseconds time_of(const std::function<void()>& act)
{
    const auto begin = std::chrono::steady_clock::now();
    act();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}
inline std::string in_ms(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

template <class Server>
void serve()
{
    Server{}.serve_forever(5);
}

// The loop in this thread; `then` in another one, when the test says so. What the loop throws ends the process, before anybody
// joins that thread, which waits: noexcept alone leaves the order to the compiler.
template <class Then>
void serve_until_resumed(kata::BaseServer& server, Then then, int poll_interval_ms = 5) noexcept
{
    const std::jthread other{[&] {
        wait_for_the_test();
        then();
    }};
    try {
        server.serve_forever(poll_interval_ms);
    } catch (...) {
        std::terminate();
    }
}

// From another thread than the loop's.
inline void stops_within(std::chrono::milliseconds interval, kata::BaseServer& server, int line = __builtin_LINE())
{
    const std::chrono::milliseconds took = time_of([&] { server.shutdown(); });
    expects(took <= interval, "shutdown() returns within the poll interval of " + in_ms(interval), "it took " + in_ms(took),
            __FILE__, line);
}

// A client whose line comes back.
inline void is_served(Peer& client, const std::string& line = "are you there?\n")
{
    client.sends(line);
    client.expects(line);
}
inline void serves_another(Learner& you)
{
    Peer bob = you.connect("bob");
    is_served(bob);
    bob.finishes_writing();
    bob.expects_end();
}

} // namespace handlers
