#include "coach/group/scenarios.h"

#include "coach/tree/files.h"

#include <algorithm>
#include <cstdlib>

namespace coach {

namespace {

// The tools' programs where there is nothing but Python: an echo server, and clients of it. A question has an id of four bytes.
constexpr const char* python_tcp_server = R"(
import socket
s = socket.create_server(("127.0.0.1", 0))
print("listening on 127.0.0.1:%d" % s.getsockname()[1], flush=True)
while True:
    with s.accept()[0] as c:
        while b := c.recv(65536):
            c.sendall(b)
)";
constexpr const char* python_udp_server = R"(
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
print("listening on 127.0.0.1:%d" % s.getsockname()[1], flush=True)
while True:
    s.sendto(*s.recvfrom(65536))
)";
constexpr const char* python_tcp_client = R"(
import socket, sys, threading
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
def send():
    while b := sys.stdin.buffer.read1(65536):
        s.sendall(b)
    s.shutdown(socket.SHUT_WR)
threading.Thread(target=send).start()
while b := s.recv(65536):
    sys.stdout.buffer.write(b)
    sys.stdout.buffer.flush()
)";
constexpr const char* python_udp_client = R"(
import os, socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(3)
s.connect(("127.0.0.1", int(sys.argv[1])))
id = os.urandom(4)
s.send(id + sys.argv[2].encode())
answer = s.recv(65536)
assert answer[:4] == id, "the answer has another id"
print(answer[4:].decode())
)";

bool is_installed(const std::string& tool)
{
    const char* path = std::getenv("PATH");
    std::string rest = path == nullptr ? "" : path;
    for (std::size_t end = 0; !rest.empty(); rest.erase(0, end)) {
        end = std::min(rest.find(':'), rest.size());
        if (exists(rest.substr(0, end) + "/" + tool))
            return true;
        end += end < rest.size() ? 1U : 0U;
    }
    return false;
}

// bin/ has the programs of the exercises themselves, meets/ those that only the matrix needs (tests/programs).
std::string file_in(const std::string& build, const char* exercise, bool program)
{
    const std::string name = exercise;
    const std::string file = build + (program ? "/bin/" : "/meets/") + name.substr(name.find('_') + 1);
    return exists(file) ? file : "";
}

bool is_udp(const Scenario& scenario) { return scenario.talk >= Talk::questions; }
bool is_file(const Scenario& scenario) { return scenario.talk >= Talk::file; }
bool is_in_lines(const Scenario& scenario) { return scenario.talk == Talk::lines || scenario.talk == Talk::chat; }

// Not a lambda where it is used: that is constexpr by itself, and g++ then tries for seconds to have all letters when it
// compiles.
std::string all_letters()
{
    std::string text(std::size_t{5} << 20U, ' ');
    for (std::size_t i = 0; i < text.size(); ++i)
        text[i] = static_cast<char>('a' + (i * 7 + i / 251) % 26);
    return text;
}

std::string letters(std::size_t count)
{
    static const std::string all = all_letters();
    return all.substr(0, count);
}

// Two are there at a time. 11's client prints what it hears only as the answer to a line of its own: so both speak. A tool prints
// whatever comes: so the first one may stop in the middle of a line while the second one speaks. When the second one has left, a
// third one comes; then they say the longest lines that the contract of 28 allows.
std::vector<std::vector<Side>> chat_of(const std::vector<std::string>& client, bool is_tool)
{
    constexpr std::size_t longest = 4096;
    const std::string one = "I was here first\n", half = "and I am not ", rest = "done\n", two = "but I come second\n";
    const std::string long_one = "1" + letters(longest - 1) + "\n", long_three = "3" + letters(longest - 1) + "\n";
    std::vector<std::vector<Side>> rounds;
    if (is_tool)
        rounds = {{{client, one + half, "", false}, {client, "", one, false}},
                  {{{}, "", two, false}, {{}, two, one, false}},
                  {{{}, rest, two, false}, {{}, "", one + half + rest, false}}};
    else
        rounds = {{{client, one, two, false}, {client, two, one, false}}};
    rounds.push_back({{{}, long_one, two + long_three, false}, {client, long_three, long_one, false}});
    return rounds;
}

} // namespace

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all{
        {"10 x 11: a conversation", "10_echo_server", "11_tcp_client", Talk::lines, true},
        {"10 x 11: 5 MB and a half-close", "10_echo_server", "11_tcp_client", Talk::half_close, true},
        {"20 x 11: a conversation", "20_serve_forever", "11_tcp_client", Talk::lines, false},
        {"20 x 11: 5 MB and a half-close", "20_serve_forever", "11_tcp_client", Talk::half_close, false},
        {"29 x 11: a conversation", "29_epoll_reactor", "11_tcp_client", Talk::lines, false},
        {"29 x 11: 5 MB and a half-close", "29_epoll_reactor", "11_tcp_client", Talk::half_close, false},
        {"28 x 11: a chat of two, and one who comes later", "28_poll_chat", "11_tcp_client", Talk::chat, true},
        {"15 x 16: questions of 0, 4, 1400 and 60,000 bytes", "15_udp_server", "16_udp_client", Talk::questions, true},
        {"18 x 18: a file of 100 KB", "18_stop_and_wait", "18_stop_and_wait", Talk::file, false},
        {"18 x 18: the same over a wire that loses, repeats and damages", "18_stop_and_wait", "18_stop_and_wait",
         Talk::file_over_relay, false},
    };
    return all;
}

std::vector<std::string> targets_of_scenarios()
{
    return {"program_10_echo_server",   "program_11_tcp_client", "meets_11_tcp_client",
            "meets_15_udp_server",      "program_16_udp_client", "meets_18_stop_and_wait",
            "program_20_serve_forever", "program_28_poll_chat",  "program_29_epoll_reactor"};
}

std::vector<std::string> server_in(const std::string& build, const Scenario& scenario)
{
    const std::string file = file_in(build, scenario.server, !is_udp(scenario));
    if (file.empty())
        return {};
    if (is_file(scenario)) // how long it answers copies of the last block: over the relay its last answer may be lost
        return {file, "receive", "127.0.0.1:0", scenario.talk == Talk::file ? "50" : "1000"};
    return {file, "127.0.0.1:0"};
}

std::vector<std::string> client_in(const std::string& build, const Scenario& scenario)
{
    const std::string file = file_in(build, scenario.client, is_in_lines(scenario) || scenario.talk == Talk::questions);
    if (file.empty())
        return {};
    if (is_file(scenario))
        return {file, "send", "{address}"};
    return {file, "{address}"};
}

std::vector<std::string> server_of_tool(const std::string& tool, const Scenario& scenario)
{
    if (!scenario.has_tools || scenario.talk == Talk::chat || !is_installed(tool))
        return {};
    if (tool == "python3")
        return {tool, "-c", is_udp(scenario) ? python_udp_server : python_tcp_server};
    if (tool == "socat" && !is_udp(scenario))
        return {tool, "-d", "-d", "-t", "20", "TCP-LISTEN:0,bind=127.0.0.1,fork", "EXEC:cat"};
    return {};
}

std::vector<std::string> client_of_tool(const std::string& tool, const Scenario& scenario)
{
    if (!scenario.has_tools || !is_installed(tool))
        return {};
    if (scenario.talk == Talk::questions)
        return tool == "python3" ? std::vector<std::string>{tool, "-c", python_udp_client, "{port}"} : std::vector<std::string>{};
    if (tool == "python3")
        return {tool, "-c", python_tcp_client, "{port}"};
    if (tool == "socat")
        return {tool, "-t", "20", "-", "TCP:{address}"};
    if (tool == "nc" && is_in_lines(scenario)) // how it half-closes differs from nc to nc
        return {tool, "127.0.0.1", "{port}"};
    if (tool == "curl" && is_in_lines(scenario))
        return {tool, "-s", "-N", "-T", ".", "telnet://{address}"}; // "-T .": it hears also while nothing is typed (curl(1))
    return {};
}

Scene scene_of(const Scenario& scenario, const std::vector<std::string>& server, const std::vector<std::string>& client)
{
    Scene scene;
    scene.server.command = server;
    scene.server.ends = false;
    scene.is_udp = is_udp(scenario);
    scene.has_relay = scenario.talk == Talk::file_over_relay;
    const bool stays = !client.empty() && (client[0] == "nc" || client[0] == "curl");
    switch (scenario.talk) {
    case Talk::lines:
        for (const std::string text : {"hello\nand again\n", "the next client\n"})
            scene.rounds.push_back({{client, text, text, !stays}});
        break;
    case Talk::half_close: {
        const std::string bytes = letters(std::size_t{5} << 20U);
        scene.rounds.push_back({{client, bytes, bytes, true}});
        break;
    }
    case Talk::chat: {
        const bool is_tool = !client.empty() && client[0].find('/') == std::string::npos; // which has no path
        scene.rounds = chat_of(client, is_tool);
        break;
    }
    case Talk::questions:
        for (const std::size_t size : {std::size_t{0}, std::size_t{4}, std::size_t{1400}, std::size_t{60000}}) {
            scene.rounds.push_back({{client, "", letters(size) + "\n", true}});
            scene.rounds.back()[0].command.push_back(letters(size));
        }
        break;
    case Talk::file:
    case Talk::file_over_relay:
        scene.rounds.push_back({{client, letters(100000), "", true}});
        scene.server.answer = letters(100000);
        scene.server.ends = true;
        break;
    }
    return scene;
}

} // namespace coach
