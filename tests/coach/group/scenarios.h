#pragma once

#include "coach/group/meeting.h"

#include <string>
#include <vector>

namespace coach {

enum class Talk { lines, half_close, chat, questions, file, file_over_relay }; // UDP from questions on

// One table of the matrix: everybody's client program meets everybody's server program.
struct Scenario {
    const char* name;
    const char* server; // the exercise that the server program stands for
    const char* client;
    Talk talk;
    bool has_tools; // nc, socat, curl and python3 are there, too
};
const std::vector<Scenario>& scenarios();

// The targets that build the programs of all scenarios: program_10_echo_server, meets_18_stop_and_wait.
std::vector<std::string> targets_of_scenarios();

// A side of a scenario as the build folder `build` has it, or as a tool does it. A command without words: there is none.
std::vector<std::string> server_in(const std::string& build, const Scenario& scenario);
std::vector<std::string> client_in(const std::string& build, const Scenario& scenario);
std::vector<std::string> server_of_tool(const std::string& tool, const Scenario& scenario);
std::vector<std::string> client_of_tool(const std::string& tool, const Scenario& scenario);

// What is said and what must come back. `client` leaves its input open when it is curl, which else leaves before the answer.
Scene scene_of(const Scenario& scenario, const std::vector<std::string>& server, const std::vector<std::string>& client);

} // namespace coach
