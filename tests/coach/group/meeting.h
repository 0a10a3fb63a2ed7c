#pragma once

#include "coach/group/program.h"
#include "coach/group/relay.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coach {

// What one program is started with. In its words {address} is 127.0.0.1:PORT of the server, {port} the port alone.
struct Side {
    std::vector<std::string> command;    // no words: it is there already, as the client in this place of the round before
    std::string input = "", answer = ""; // to its standard input; all that it must have printed then, and nothing else
    bool ends = true;                    // by itself; else it is ended behind its last round, and its input stays open
};

// One server and its clients, in rounds. The clients of a round are there together: each comes when those before it are
// accepted, and all are when the first one speaks. Who stays for the next round stands first in it; the others leave
// before it begins. The server says where it listens: "listening on 127.0.0.1:PORT".
struct Scene {
    Side server;
    std::vector<std::vector<Side>> rounds;
    bool is_udp = false, has_relay = false;
    long silence_ms = 5000; // nothing has moved for so long: it hangs
};

struct Outcome {
    enum class Kind { works, fails, not_attempted } kind = Kind::fails;
    std::string why; // fails: in one line
};

// It goes on by itself, whenever advance() is called: when one of its sources is ready, or a few times a second.
class Meeting {
public:
    explicit Meeting(Scene scene);
    bool advance(); // false: it is over, and all that was started is ended
    void add_to(std::vector<pollfd>& sources) const;
    const Outcome& outcome() const { return outcome_; }

private:
    enum class State { not_told, not_listening, gathering, talking, ending, explaining, over };
    void look_for_port();
    void begin_round(std::size_t which);
    void gather();
    void look_at_clients();
    void look_at_server_end();
    bool is_wrong(std::size_t client);
    bool has_its_answer(std::size_t client) const;
    std::string what_is_missing() const;
    std::string server_answer() const; // behind its first line
    const std::vector<Side>& round() const { return scene_.rounds[round_]; }
    std::string a_client() const { return round().size() > 1 ? "a client " : "the client "; }
    void fail(const std::string& why);
    void conclude(Outcome::Kind kind, const std::string& why = "");

    Scene scene_;
    State state_ = State::not_told;
    std::unique_ptr<Program> server_;
    std::vector<std::unique_ptr<Program>> clients_; // as in their round; those who have come
    std::unique_ptr<Relay> relay_;
    std::size_t round_ = 0;
    int port_ = 0;
    long moved_ms_, explain_until_ms_ = 0;
    std::string why_;
    Outcome outcome_;
};

} // namespace coach
