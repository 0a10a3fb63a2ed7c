#include "coach/group/meeting.h"

#include "coach/group/port.h"

#include <algorithm>

namespace coach {

namespace {

constexpr long explain_ms = 300; // a server that dies takes its client with it, and is told of a moment later

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
    server_ = std::make_unique<Program>(scene_.server.command, Program::Input::stays_open);
}

bool Meeting::advance()
{
    bool moved = server_->step();
    for (const auto& client : clients_)
        moved = client->step() || moved;
    if (relay_)
        moved = relay_->step() || moved;
    if (moved)
        moved_ms_ = steady_ms();
    switch (state_) {
    case State::not_told: look_for_port(); break;
    case State::not_listening:
        if (somebody_listens(port_))
            begin_round(0);
        break;
    case State::gathering:
    case State::talking: look_at_clients(); break;
    case State::ending: look_at_server_end(); break;
    default: break;
    }
    if (state_ < State::explaining && server_->floods())
        fail("the server floods: it prints without end");
    else if (state_ <= State::gathering && server_->has_ended())
        fail("the server " + server_->how_it_ended());
    else if (state_ < State::explaining && steady_ms() - moved_ms_ > scene_.silence_ms)
        fail("hangs: nothing has moved for " + std::to_string(scene_.silence_ms / 1000) + " seconds" + what_is_missing());
    if (state_ == State::explaining && (server_->has_ended() || steady_ms() > explain_until_ms_)) {
        std::string errors = server_->err();
        for (const auto& client : clients_)
            errors += client->err();
        const bool unwritten = errors.find("not written yet") != std::string::npos;
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
        begin_round(0);
}

void Meeting::begin_round(std::size_t which)
{
    round_ = which;
    const auto is_new = [](const Side& side) { return !side.command.empty(); };
    clients_.resize(static_cast<std::size_t>(std::find_if(round().begin(), round().end(), is_new) - round().begin()));
    if (scene_.has_relay)
        relay_ = std::make_unique<Relay>(port_);
    state_ = State::gathering;
    gather();
}

// Who is accepted hears what is said from then on. One who is alone need not wait for that.
void Meeting::gather()
{
    const bool is_alone = round().size() == 1;
    if (!is_alone && accepted_by(port_) != clients_.size())
        return;
    moved_ms_ = steady_ms();
    if (clients_.size() < round().size()) {
        const Side& side = round()[clients_.size()];
        clients_.push_back(std::make_unique<Program>(filled_in(side.command, relay_ ? relay_->port() : port_),
                                                     side.ends ? Program::Input::ends : Program::Input::stays_open));
        if (!is_alone)
            return;
    }
    for (std::size_t i = 0; i < clients_.size(); ++i)
        clients_[i]->say(round()[i].input);
    state_ = State::talking;
}

void Meeting::look_at_clients()
{
    bool are_ready = true;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        if (is_wrong(i))
            return;
        are_ready = are_ready && has_its_answer(i);
    }
    if (state_ == State::gathering)
        gather();
    else if (are_ready && round_ + 1 < scene_.rounds.size())
        begin_round(round_ + 1);
    else if (are_ready) {
        clients_.clear();
        state_ = State::ending;
    }
}

bool Meeting::has_its_answer(std::size_t client) const
{
    const Side& side = round()[client];
    return side.ends ? clients_[client]->has_ended() : clients_[client]->out() == side.answer;
}

bool Meeting::is_wrong(std::size_t client)
{
    const Side& side = round()[client];
    const Program& program = *clients_[client];
    const std::string& got = program.out();
    const bool is_other = !side.answer.starts_with(got);
    if (is_other && round().size() > 1) // without a figure: which client is seen first is luck
        fail(a_client() + "hears something else than the others said");
    else if (is_other || (program.is_good() && got != side.answer)) // first: how much came until now is luck
        fail(a_client() + how_it_differs(got, side.answer));
    else if (program.floods())
        fail(a_client() + "floods: it prints without end");
    else if (program.has_ended() && !program.is_good())
        fail(a_client() + program.how_it_ended());
    return state_ == State::explaining;
}

std::string Meeting::what_is_missing() const
{
    switch (state_) {
    case State::not_told: return "; the server has not said \"listening on\"";
    case State::not_listening: return "; the server does not listen";
    case State::gathering: return "; the server has not accepted a client";
    case State::talking:
        for (std::size_t i = 0; i < clients_.size(); ++i)
            if (!has_its_answer(i))
                return "; " + a_client() + how_it_differs(clients_[i]->out(), round()[i].answer);
        break;
    default: break;
    }
    return "; the server does not end";
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
    clients_.clear();
    server_->end();
    state_ = State::over;
}

void Meeting::add_to(std::vector<pollfd>& sources) const
{
    server_->add_to(sources);
    for (const auto& client : clients_)
        client->add_to(sources);
    if (relay_)
        relay_->add_to(sources);
}

} // namespace coach
