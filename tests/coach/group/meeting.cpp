#include "coach/group/meeting.h"

#include "coach/terminal/text.h"
#include "coach/tree/files.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace coach {

namespace {

constexpr const char* announcement = "listening on ";
constexpr long explain_ms = 300; // a server that dies takes its client with it, and is told of a moment later

// The port of the first whole line that announces one; 0: there is none yet.
int announced_port(const std::string& said)
{
    const std::size_t at = said.find(announcement), end = said.find('\n', at);
    if (at == std::string::npos || end == std::string::npos)
        return 0;
    const std::string line = trimmed(said.substr(at, end - at));
    const int port = std::atoi(line.c_str() + line.rfind(':') + 1);
    return port > 0 && port < 65536 ? port : 0;
}

// proc(5), /proc/net/tcp: local address, remote address, state; 0A is LISTEN.
bool somebody_listens(int port)
{
    char text[32];
    std::snprintf(text, sizeof text, ":%04X 00000000:0000 0A ", static_cast<unsigned>(port));
    return read_file("/proc/net/tcp").value_or("").find(text) != std::string::npos;
}

std::vector<std::string> filled_in(std::vector<std::string> command, int port)
{
    const std::string number = std::to_string(port);
    for (std::string& word : command)
        for (const auto& [name, value] :
             {std::pair<std::string, std::string>{"{address}", "127.0.0.1:" + number}, {"{port}", number}})
            if (const std::size_t at = word.find(name); at != std::string::npos)
                word.replace(at, name.size(), value);
    return command;
}

// How `got` is not `wanted`.
std::string how_it_differs(const std::string& got, const std::string& wanted)
{
    const auto same = static_cast<std::size_t>(
        std::mismatch(got.begin(), got.begin() + static_cast<std::ptrdiff_t>(std::min(got.size(), wanted.size())), wanted.begin())
            .first -
        got.begin());
    const std::string of = std::to_string(wanted.size()) + " bytes";
    if (same == got.size())
        return "has " + std::to_string(got.size()) + " of " + of;
    return same == wanted.size() ? "has more than the " + of : "has another byte " + std::to_string(same + 1) + " of " + of;
}

} // namespace

Meeting::Meeting(Scene scene) : scene_{std::move(scene)}, moved_ms_{steady_ms()}
{
    server_ = std::make_unique<Program>(scene_.server.command, "", Program::Input::stays_open);
}

bool Meeting::advance()
{
    bool moved = server_->step();
    if (client_)
        moved = client_->step() || moved;
    if (relay_)
        moved = relay_->step() || moved;
    if (moved)
        moved_ms_ = steady_ms();
    switch (state_) {
    case State::not_told: look_for_port(); break;
    case State::not_listening:
        if (somebody_listens(port_))
            start_client();
        break;
    case State::talking: look_at_client(); break;
    case State::ending: look_at_server_end(); break;
    default: break;
    }
    if (state_ < State::explaining && server_->floods())
        fail("the server floods: it prints without end");
    else if (state_ <= State::not_listening && server_->has_ended())
        fail("the server " + server_->how_it_ended());
    else if (state_ < State::explaining && steady_ms() - moved_ms_ > scene_.silence_ms)
        fail("hangs: nothing has moved for " + std::to_string(scene_.silence_ms / 1000) + " seconds" +
             (state_ == State::not_told        ? "; the server has not said \"listening on\""
              : state_ == State::not_listening ? "; the server does not listen"
              : state_ == State::talking
                  ? "; the client " + how_it_differs(client_->out(), scene_.clients[next_client_ - 1].answer)
                  : "; the server does not end"));
    if (state_ == State::explaining && (server_->has_ended() || steady_ms() > explain_until_ms_)) {
        const bool unwritten = (server_->err() + (client_ ? client_->err() : "")).find("not written yet") != std::string::npos;
        if (server_->has_ended() && !server_->is_good() && why_.find("the server") == std::string::npos)
            why_ += "; the server " + server_->how_it_ended();
        conclude(unwritten ? Outcome::Kind::not_attempted : Outcome::Kind::fails, why_);
    }
    return state_ != State::over;
}

void Meeting::look_for_port()
{
    port_ = std::max(announced_port(server_->out()), announced_port(server_->err())); // socat says it on its standard error
    if (port_ == 0)
        return;
    state_ = State::not_listening;
    if (scene_.is_udp)
        start_client();
}

void Meeting::start_client()
{
    if (scene_.has_relay)
        relay_ = std::make_unique<Relay>(port_);
    const Side& side = scene_.clients[next_client_++];
    client_ = std::make_unique<Program>(filled_in(side.command, relay_ ? relay_->port() : port_), side.input,
                                        side.ends ? Program::Input::ends : Program::Input::stays_open);
    state_ = State::talking;
}

void Meeting::look_at_client()
{
    const Side& side = scene_.clients[next_client_ - 1];
    if (client_is_wrong() || (side.ends ? !client_->has_ended() : client_->out() != side.answer))
        return;
    client_->end();
    if (next_client_ < scene_.clients.size())
        start_client();
    else
        state_ = State::ending;
}

bool Meeting::client_is_wrong()
{
    const Side& side = scene_.clients[next_client_ - 1];
    const std::string& got = client_->out();
    if (!side.answer.starts_with(got) || (client_->is_good() && got != side.answer)) // first: how much came until now is luck
        fail("the client " + how_it_differs(got, side.answer));
    else if (client_->floods())
        fail("the client floods: it prints without end");
    else if (client_->has_ended() && !client_->is_good())
        fail("the client " + client_->how_it_ended());
    return state_ == State::explaining;
}

std::string Meeting::server_answer() const
{
    const std::size_t end = server_->out().find('\n');
    return end == std::string::npos ? "" : server_->out().substr(end + 1);
}

void Meeting::look_at_server_end()
{
    if (scene_.server.ends && !server_->has_ended())
        return;
    if (server_->has_ended() && (!scene_.server.ends || !server_->is_good()))
        fail("the server " + server_->how_it_ended());
    else if (scene_.server.ends && server_answer() != scene_.server.answer)
        fail("the server " + how_it_differs(server_answer(), scene_.server.answer));
    else
        conclude(Outcome::Kind::works);
}

void Meeting::fail(const std::string& why)
{
    state_ = State::explaining;
    why_ = why;
    explain_until_ms_ = steady_ms() + explain_ms;
}

void Meeting::conclude(Outcome::Kind kind, const std::string& why)
{
    outcome_ = {kind, why};
    if (client_)
        client_->end();
    server_->end();
    state_ = State::over;
}

void Meeting::add_to(std::vector<pollfd>& sources) const
{
    server_->add_to(sources);
    if (client_)
        client_->add_to(sources);
    if (relay_)
        relay_->add_to(sources);
}

} // namespace coach
