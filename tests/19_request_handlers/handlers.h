#pragma once

// The handlers that the test sends to work. All of it lives in the learner's process.
#include "15_udp_server/udp_server.h"
#include "19_request_handlers/request_handlers.h"
#include "lab/lab.h"

#include <cstring>
#include <stdexcept>
#include <system_error>

namespace handlers {

using namespace lab;

struct Trouble : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline std::string story;    // what happened, in order
inline std::string reported; // what the sink was told, in order
inline bool died;            // the handler of this request
inline kata::Endpoint client;

inline std::string named(const kata::Endpoint& who) { return who.size == 0 ? "nobody" : kata::to_string(who); }

struct Log : kata::ErrorSink {
    void handle_error(const kata::Endpoint& who, std::exception_ptr error) noexcept override
    {
        reported += died ? "(after its handler died) " : "";
        reported += named(who) != named(client) ? "(of " + named(who) + ") " : "";
        try {
            std::rethrow_exception(error);
        } catch (const Trouble& e) {
            reported += e.what() + std::string{" "};
        } catch (const std::system_error& e) {
            reported += ::strerrorname_np(e.code().value()) + std::string{" "};
        } catch (const std::length_error&) {
            reported += "std::length_error ";
        } catch (const std::exception&) { // what was thrown had more to say
            reported += "std::exception ";
        } catch (int n) {
            reported += std::to_string(n) + " ";
        }
    }
};
inline Log the_log;

// Tells its story, and throws where the test says.
inline std::string trouble; // "setup", or "handle, finish"
struct Probe : kata::StreamRequestHandler {
    explicit Probe(const kata::Request& r) : StreamRequestHandler{r}
    {
        EXPECT_EQ(named(client), named(r.client_address)) << "the client that the handler was made for";
        step("made");
    }
    ~Probe() override
    {
        expects_open(request.socket, "while its handler lives");
        story += "dies";
        died = true;
    }
    void setup() override { step("setup"); }
    void handle() override
    {
        write("an answer");
        step("handle");
    }
    void finish() override
    {
        StreamRequestHandler::finish();
        step("finish");
    }
    static void step(const std::string& name)
    {
        story += name + ' ';
        if (trouble.find(name) != std::string::npos)
            throw Trouble{name};
    }
};

// A handler that does what a test says.
template <class Act>
struct Does : kata::StreamRequestHandler {
    using StreamRequestHandler::StreamRequestHandler;
    void handle() override { Act{}(*this); }
    using StreamRequestHandler::flush;
    using StreamRequestHandler::read_line;
    using StreamRequestHandler::write;
    int socket() const { return request.socket; }
};

inline std::string story_of(int connection, kata::MakeHandler make, const std::string& where = "")
{
    story.clear();
    reported.clear();
    died = false;
    trouble = where;
    client = kata::parse_endpoint("192.0.2.7:7007");
    kata::process_request(kata::UniqueFd{connection}, client, make, the_log);
    expects_closed(connection, "after its request was processed");
    return story + (reported.empty() ? "" : "; reported: " + reported);
}
template <class Handler>
std::string story_of(int connection, const std::string& where = "")
{
    return story_of(connection, kata::make_handler<Handler>, where);
}
template <class Act>
std::string reports_when_it(Act, int connection)
{
    story_of<Does<Act>>(connection);
    return reported;
}

inline constexpr auto says_good = [](auto& self) { self.write("good"); };
inline constexpr auto greets = [](auto& self) {
    self.write("name?\n");
    while (std::optional<std::string> name = self.read_line())
        self.write("hello, " + *name + "\n");
};
template <class Handler>
void writes_and_waits(Handler& self, std::size_t n)
{
    self.write(pattern(n));
    char word = 0;
    static_cast<void>(::recv(self.socket(), &word, 1, 0)); // busy with something else
}
inline constexpr auto writes_much = [](auto& self) {
    const std::string much = pattern(30'000);
    for (std::size_t i = 0; i < much.size(); i += 1000)
        self.write(std::string_view{much}.substr(i, 1000));
    char word = 0;
    static_cast<void>(::recv(self.socket(), &word, 1, 0)); // busy with something else
};
inline constexpr auto leaves_it_to_finish = [](auto& self) {
    wait_for_the_test();
    char byte = 0;
    static_cast<void>(::recv(self.socket(), &byte, 1, 0)); // the reset is told here, so EPIPE and SIGPIPE come next
    self.write("too late");
};
inline constexpr auto speaks_too_late = [](auto& self) {
    leaves_it_to_finish(self);
    self.flush();
};

struct WritesAndThrows : kata::StreamRequestHandler {
    using StreamRequestHandler::StreamRequestHandler;
    void setup() override
    {
        write("a secret of ann");
        throw Trouble{"setup"};
    }
    void handle() override {}
};

struct Repeats : kata::DatagramRequestHandler {
    using DatagramRequestHandler::DatagramRequestHandler;
    void setup() override
    {
        if (text(request.packet) != "not yet")
            return;
        write("half an answer");
        throw Trouble{"setup"};
    }
    void handle() override
    {
        for (int i = 0; i < 2 && !request.packet.empty(); ++i) {
            write(text(request.packet));
            write(";");
        }
        if (text(request.packet) == "much")
            write(pattern(70'000));
        if (text(request.packet) == "brim") // with "brim;brim;" as much as a datagram holds
            write(pattern((request.client_address.storage.ss_family == AF_INET ? 65'507 : 65'527) - 10));
        if (text(request.packet) == "stop")
            throw Trouble{"handle"};
    }
};

// As a server does it: receives, and hands over. What was sent by the time of resume() waits in the socket, where all shall come
// together.
inline std::unique_ptr<kata::BaseRequestHandler> repeats_unless_nobody(const kata::Request& request)
{
    return text(request.packet) == "nobody" ? nullptr : kata::make_handler<Repeats>(request);
}
inline std::string reports_of_datagrams(int times, const char* where = "127.0.0.1:0", bool together = true)
{
    const kata::UniqueFd server = kata::udp_bind(kata::parse_endpoint(where));
    if (together)
        wait_for_the_test();
    for (char packet[100]; times > 0; --times) {
        kata::Endpoint from;
        from.size = sizeof from.storage;
        auto* const address = reinterpret_cast<sockaddr*>(&from.storage);
        const ssize_t n = ::recvfrom(server.get(), packet, sizeof packet, 0, address, &from.size);
        if (n < 0)
            break;
        client = from;
        kata::process_datagram({server.get(), from, bytes({packet, static_cast<std::size_t>(n)})}, repeats_unless_nobody,
                               the_log);
        expects_open(server.get(), "after its datagram was processed");
    }
    return reported;
}

} // namespace handlers
