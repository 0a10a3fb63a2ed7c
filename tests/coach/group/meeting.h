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
    std::vector<std::string> command;
    std::string input = "", answer = ""; // to its standard input; what it must print, and nothing else
    bool ends = true;                    // by itself; else it is ended when its answer is there, and its input stays open
};

// One server and its clients, one after the other. The server says where it listens: "listening on 127.0.0.1:PORT".
struct Scene {
    Side server;
    std::vector<Side> clients;
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
    enum class State { not_told, not_listening, talking, ending, explaining, over };
    void look_for_port();
    void start_client();
    void look_at_client();
    void look_at_server_end();
    bool client_is_wrong();
    std::string server_answer() const; // behind its first line
    void fail(const std::string& why);
    void conclude(Outcome::Kind kind, const std::string& why = "");

    Scene scene_;
    State state_ = State::not_told;
    std::unique_ptr<Program> server_, client_;
    std::unique_ptr<Relay> relay_;
    std::size_t next_client_ = 0;
    int port_ = 0;
    long moved_ms_, explain_until_ms_ = 0;
    std::string why_;
    Outcome outcome_;
};

} // namespace coach
