#pragma once

// The chat of the tests: a listener (descriptor 3), an owner who ends it (4), and a log that remembers who left, and why.
#include "28_poll_chat/poll_chat.h"

#include "lab/lab.h"

#include <algorithm>
#include <map>
#include <set>
#include <sys/socket.h>
#include <vector>

namespace room {

using namespace lab;

constexpr int listener = 3, stop = 4;

// Who has which port: filled before the learner starts, and so known there.
inline std::map<std::uint16_t, std::string> names;
inline std::string host; // where all of them come from: "127.0.0.1:"

using Story = std::vector<std::string>; // "ann ended"

struct Log : kata::ChatLog {
    Story story{};
    std::string waits_for{}; // when this client leaves, the server stands still until the test says resume()
    void left(const kata::Endpoint& client, kata::Left why) noexcept override
    {
        static constexpr const char* words[] = {" ended", " was lost", " was too slow", " said too much"};
        const auto known = names.extract(client.port()); // who has left may have given his port to a late one
        std::string name = kata::to_string(client);
        if (name.starts_with(host))
            name = known ? known.mapped() : "a late one";
        story.push_back(name + words[static_cast<int>(why)]);
        if (name == waits_for)
            wait_for_the_test();
    }
};

// Before everything else: the listener, and the owner.
inline Peer opens(Learner& you, std::string_view ip = "127.0.0.1")
{
    names.clear();
    host = ip == "::1" ? "[::1]:" : "127.0.0.1:";
    you.listener(128, true, ip);
    return you.wire("the owner");
}

// Before the chat begins: waits in the queue.
inline Peer comes(Learner& you, const std::string& name, const WireOptions& options = {})
{
    Peer client = you.connect(name, options);
    names[client.port()] = name;
    return client;
}

inline std::vector<Peer> come(Learner& you, int many, const std::string& name)
{
    std::vector<Peer> clients;
    for (int i = 1; i <= many; ++i)
        clients.push_back(comes(you, name + " " + std::to_string(i)));
    return clients;
}

inline void serves(const kata::ChatLimits& limits, kata::ChatLog& log)
{
    calls("chat_server", [&] { kata::chat_server(listener, stop, limits, log); });
}

inline std::string told(Story story)
{
    std::sort(story.begin(), story.end()); // who goes in one turn, goes in any order
    std::string text;
    for (const std::string& one : story)
        text += (text.empty() ? "" : ", ") + one;
    return text.empty() ? "of nobody" : text;
}
inline void expects_story(const Log& log, const Story& story)
{
    expects(told(log.story) == told(story), "the log hears: " + told(story), "it hears: " + told(log.story));
}

// The chat, until the owner ends it, and what the log has heard by then.
inline void chats(Learner& you, const Story& story = {}, const kata::ChatLimits& limits = {}, const std::string& waits_for = "")
{
    you.run([=] {
        Log log;
        log.waits_for = waits_for;
        serves(limits, log);
        expects_story(log, story);
    });
}

// The same. Whoever comes from now on, a late one, has a small buffer in the server's kernel, and so is soon slow.
inline void chats_narrowly(Learner& you, const Story& story, const kata::ChatLimits& limits = {}, int buffer = 4096,
                           const std::string& waits_for = "")
{
    you.may_change("SO_RCVBUF or SO_SNDBUF");
    you.run([=] {
        ::setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer); // what accept() hands over inherits it
        Log log;
        log.waits_for = waits_for;
        serves(limits, log);
        expects_story(log, story);
    });
}
constexpr WireOptions reads_little{.peer_receive_buffer = 4096};

inline void ends(Learner& you, Peer& owner)
{
    owner.sends("stop");
    you.finishes();
}

// So many lines of so many bytes, each with its end.
inline std::string lines(int many, std::size_t bytes)
{
    std::string all;
    while (many-- > 0)
        all += pattern(bytes - 1) + '\n';
    return all;
}

// Both hear each other, so the server is well.
inline void talk(Peer& one, Peer& other)
{
    one.sends("are you there?\n");
    other.expects("are you there?\n");
    other.sends("yes\n");
    one.expects("yes\n");
}

// The server's descriptor of the client who came as the `nth`, from 0.
inline int descriptor_of(const Learner& you, int nth)
{
    for (const CallRecord& call : you.calls())
        if ((call.call == Call::accept || call.call == Call::accept4) && call.returned && call.result >= 0 && nth-- == 0)
            return static_cast<int>(call.result);
    return -1;
}
inline std::size_t open_clients(const Learner& you)
{
    std::set<int> theirs;
    for (const CallRecord& call : you.calls())
        if (family_of(call.call) == Family::accepting && call.returned && call.result >= 0)
            theirs.insert(static_cast<int>(call.result));
    const std::vector<int> open = you.open_descriptors();
    return static_cast<std::size_t>(std::count_if(open.begin(), open.end(), [&](int fd) { return theirs.count(fd) != 0; }));
}
inline bool is_open(const Learner& you, int fd)
{
    const std::vector<int> open = you.open_descriptors();
    return std::find(open.begin(), open.end(), fd) != open.end();
}

} // namespace room
