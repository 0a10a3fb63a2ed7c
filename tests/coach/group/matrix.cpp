#include "coach/group/matrix.h"

#include "coach/group/kept_outcomes.h"
#include "coach/group/scenarios.h"

#include <algorithm>
#include <functional>
#include <list>

namespace coach {

namespace {

constexpr std::size_t meetings_at_once = 4; // they wait more than they work

struct Party {
    std::string name;
    std::vector<std::string> server, client; // commands; no words: it has no such program
    bool is_tool = false;
};

std::vector<Party> parties_of(const Scenario& scenario, const std::vector<Member>& members)
{
    std::vector<Party> parties;
    for (const Member& member : members)
        parties.push_back({member.name, server_in(member.build, scenario), client_in(member.build, scenario)});
    for (const char* tool : {"nc", "socat", "curl", "python3"})
        parties.push_back({tool, server_of_tool(tool, scenario), client_of_tool(tool, scenario), true});
    return parties;
}

struct Cell {
    const Party* server;
    const Party* client;
    Outcome outcome{Outcome::Kind::not_attempted, ""};
    std::string key;
    bool is_said = false; // above, once for all
};

struct Running {
    Running(Scene scene, Cell* which) : meeting{std::move(scene)}, cell{which} {}

    Meeting meeting;
    Cell* cell;
};

// The lesson that the member's own tests have for this exercise, where they have one.
std::string lesson_of(const Project& ours, const std::deque<Work>& works, const std::string& member, const std::string& exercise)
{
    for (const Work& work : works)
        for (std::size_t i = 0; work.member() == member && i < work.findings().verdicts.size(); ++i)
            if (ours.exercises[i].name == exercise && work.findings().verdicts[i].state == State::red)
                return std::string{"\n\nWhat the tests say of "}
                    .append(member)
                    .append("'s ")
                    .append(exercise)
                    .append(":\n\n")
                    .append(work.findings().verdicts[i].text);
    return "";
}

// "bob's server works with nobody: it hangs": of those that met two others at least. Their own lines then say it no more.
void say_once(std::vector<Cell>& cells, const Party* Cell::*side, const std::string& what, std::vector<std::string>& remarks)
{
    std::vector<const Party*> seen;
    for (const Cell& first : cells) {
        const Party* party = first.*side;
        if (std::find(seen.begin(), seen.end(), party) != seen.end())
            continue;
        seen.push_back(party);
        std::vector<Cell*> failed;
        bool works = false;
        for (Cell& cell : cells)
            if (cell.*side == party) {
                works = works || cell.outcome.kind == Outcome::Kind::works;
                if (cell.outcome.kind == Outcome::Kind::fails)
                    failed.push_back(&cell);
            }
        if (works || failed.size() < 2)
            continue;
        remarks.push_back(party->name + "'s " + what + " works with nobody. With " +
                          (failed[0]->*(what == "server" ? &Cell::client : &Cell::server))->name + ": " + failed[0]->outcome.why +
                          ".");
        for (Cell* cell : failed)
            cell->is_said = true;
    }
}

Mark mark_of_meeting(const Cell& cell, const std::string& lessons)
{
    switch (cell.outcome.kind) {
    case Outcome::Kind::works: return {Mark::Kind::good, "works", "", ""};
    case Outcome::Kind::not_attempted: return {Mark::Kind::none, "-", "", ""};
    case Outcome::Kind::fails: break;
    }
    return {Mark::Kind::bad, "fails", cell.is_said ? "" : cell.outcome.why, cell.outcome.why + lessons};
}

// All meetings of one scenario that are not kept. False: a signal came.
bool hold(const Scenario& scenario, std::vector<Cell>& cells, KeptOutcomes& kept, long silence_ms, const Console& console,
          int& interrupted_by)
{
    std::list<Running> running;
    std::size_t next = 0;
    while (next < cells.size() || !running.empty()) {
        for (; next < cells.size() && running.size() < meetings_at_once; ++next) {
            Cell& cell = cells[next];
            if (cell.server->server.empty() || cell.client->client.empty() || (cell.server->is_tool && cell.client->is_tool))
                continue;
            if (const Outcome* before = kept.find(cell.key, {cell.server->server[0], cell.client->client[0]})) {
                cell.outcome = *before;
                continue;
            }
            Scene scene = scene_of(scenario, cell.server->server, cell.client->client);
            scene.silence_ms = silence_ms;
            running.emplace_back(std::move(scene), &cell);
        }
        std::vector<pollfd> sources;
        for (auto one = running.begin(); one != running.end();) {
            if (one->meeting.advance()) {
                one->meeting.add_to(sources);
                ++one;
                continue;
            }
            Cell& cell = *one->cell;
            cell.outcome = one->meeting.outcome();
            kept.keep(cell.key, {cell.server->server[0], cell.client->client[0]}, cell.outcome);
            one = running.erase(one);
            constexpr const char* words[] = {"works", "fails", "not attempted"};
            const std::string news = std::string{scenario.name} + ": " + cell.client->name + " with " + cell.server->name;
            show(on_terminal() ? "\r\033[K" + news : news + ": " + words[static_cast<int>(cell.outcome.kind)] + "\n");
        }
        if (const Event event = console.wait({}, 0); event.kind == Event::Kind::interrupted) {
            interrupted_by = event.signal;
            return false;
        }
        constexpr int look_again_ms = 20; // for the end of a program, and for who listens
        ::poll(sources.data(), sources.size(), sources.empty() ? 0 : look_again_ms);
    }
    show(on_terminal() ? "\r\033[K" : "");
    return true;
}

Table table_of(const Scenario& scenario, std::vector<Cell>& cells, const std::vector<const Party*>& servers,
               const std::function<std::string(const Cell&)>& lessons)
{
    Table table{scenario.name, "client \\ server", {}, {}, {}};
    say_once(cells, &Cell::server, "server", table.remarks);
    say_once(cells, &Cell::client, "client", table.remarks);
    for (const Party* server : servers)
        table.columns.push_back(server->name);
    for (const Cell& cell : cells) {
        if (table.rows.empty() || table.rows.back().label != cell.client->name)
            table.rows.push_back({cell.client->name, {}});
        table.rows.back().marks.push_back(mark_of_meeting(cell, lessons(cell)));
    }
    return table;
}

} // namespace

bool hold_meetings(const Project& ours, const std::vector<Member>& members, const std::deque<Work>& works, long silence_ms,
                   const Console& console, std::vector<Table>& tables, int& interrupted_by)
{
    KeptOutcomes kept{group_folder(ours) + "/meetings"};
    for (const Scenario& scenario : scenarios()) {
        const std::vector<Party> parties = parties_of(scenario, members);
        std::vector<const Party*> servers, clients; // tools only where they take part
        for (const Party& party : parties) {
            if (!party.is_tool || !party.server.empty())
                servers.push_back(&party);
            if (!party.is_tool || !party.client.empty())
                clients.push_back(&party);
        }
        const auto serves = [](const Party& party) { return !party.is_tool && !party.server.empty(); };
        const auto asks = [](const Party& party) { return !party.is_tool && !party.client.empty(); };
        if (std::none_of(parties.begin(), parties.end(), serves) || std::none_of(parties.begin(), parties.end(), asks))
            continue;
        std::vector<Cell> cells;
        for (const Party* client : clients)
            for (const Party* server : servers)
                cells.push_back({server,
                                 client,
                                 {Outcome::Kind::not_attempted, ""},
                                 client->name + " " + server->name + " " + scenario.name,
                                 false});
        const bool go_on = hold(scenario, cells, kept, silence_ms, console, interrupted_by);
        kept.save();
        if (!go_on)
            return false;
        const auto lessons = [&](const Cell& cell) {
            return lesson_of(ours, works, cell.server->name, scenario.server) +
                   lesson_of(ours, works, cell.client->name, scenario.client);
        };
        tables.push_back(table_of(scenario, cells, servers, lessons));
    }
    return true;
}

} // namespace coach
