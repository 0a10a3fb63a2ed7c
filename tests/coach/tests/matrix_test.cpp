#include "coach/group/port.h"
#include "coach/group/scenarios.h"
#include "coach/tests/group_tree.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace coach_tests;

namespace {

const std::string real_programs = std::string{KATA_PROGRAM}.substr(0, std::string{KATA_PROGRAM}.rfind('/'));
constexpr const char* talk_table = "10 x 11: a conversation";
constexpr const char* bulk_table = "10 x 11: 5 MB and a half-close";
constexpr const char* chat_table = "28 x 11: a chat of two, and one who comes later";

// The same script stands for the client that talks in lines, in bin/, and for that of one exchange, in meets/.
std::string which_client() { return "#!/bin/sh\nof=${0%/*} client=" + real_programs + "/${of##*/}/tcp_client\n"; }
std::string good_client() { return which_client() + "exec \"$client\" \"$@\"\n"; }
std::string good_server() { return "#!/bin/sh\nexec " + real_programs + "/bin/echo_server \"$@\"\n"; }
std::string good_chat() { return "#!/bin/sh\nexec " + real_programs + "/bin/poll_chat \"$@\"\n"; }
std::string good_program(const std::string& exercise)
{
    return exercise == "10_echo_server" ? good_server() : exercise == "11_tcp_client" ? good_client() : good_chat();
}
std::string changes_bytes()
{
    return which_client() + "case $0 in\n*/bin/*) \"$client\" \"$@\" | while read -r line; do echo \"no $line\"; done ;;\n" +
           "*) \"$client\" \"$@\" | tr a-z b-za ;;\nesac\n";
}
std::string says_unwritten() { return "#!/bin/sh\necho 'not written yet: open it' >&2\nexit 1\n"; }
bool is_here(const std::string& tool) { return std::system(("command -v " + tool + " >/dev/null").c_str()) == 0; }

// A member's programs lie beside the answers.
void lay(const SmallTree& tree, const std::string& folder, const std::string& exercise, const std::string& program)
{
    tree.write(folder + "/" + exercise + "/program", program);
    tree.shell("chmod 755 " + folder + "/" + exercise + "/program");
}

// kata, where nc, socat, curl and python3 are not installed.
Ended without_tools(const SmallTree& tree, const std::vector<std::string>& words)
{
    tree.shell("mkdir -p tools && for tool in sh cat tr cp mkdir chmod setsid; do ln -sf \"$(command -v $tool)\" tools/; done");
    std::vector<std::string> command{tree.path("build/practice/kata")};
    command.insert(command.end(), words.begin(), words.end());
    return run(command, tree.path(""), {{"XDG_STATE_HOME", tree.path("state")}, {"PATH", tree.path("tools")}});
}

// The references; three wrong ones and a client that changes bytes; half written; one that does not compile; one that is wild.
void make_five(const SmallTree& tree)
{
    tree.shell("mkfifo held");
    for (const std::string exercise : {"10_echo_server", "11_tcp_client", "28_poll_chat"}) {
        add_exercise(tree, exercise);
        lay(tree, "solutions", exercise, good_program(exercise));
        for (const std::string member : {"ann", "bob", "cleo", "dan", "wild"}) {
            give(tree, member, exercise, green(3));
            lay(tree, "members/" + member, exercise, good_program(exercise));
        }
    }
    for (const std::string exercise : {"01_one", "02_two", "10_ten"}) {
        for (const char* member : {"ann", "dan", "wild"})
            give(tree, member, exercise, green(3));
        give(tree, "bob", exercise, red(2, 3, exercise + ": a rule."));
    }
    lay(tree, "members/bob", "11_tcp_client", changes_bytes());
    give(tree, "cleo", "01_one", green(3));
    give(tree, "cleo", "10_echo_server", unwritten("10_echo_server"));
    lay(tree, "members/cleo", "10_echo_server", says_unwritten());
    tree.shell("rm -r members/cleo/11_tcp_client members/cleo/28_poll_chat");
    give(tree, "dan", "10_echo_server", broken());
    give(tree, "dan", "28_poll_chat", broken());
    const std::string forks = "#!/bin/sh\nwhile :; do cat " + tree.path("held") + " & done\n";
    give(tree, "wild", "01_one", forks);
    give(tree, "wild", "02_two", "#!/bin/sh\ncat /dev/zero\n");
    lay(tree, "members/wild", "10_echo_server", "#!/bin/sh\ncat " + tree.path("held") + "\n");
    lay(tree, "members/wild", "11_tcp_client", "#!/bin/sh\nsetsid cat " + tree.path("held") + " &\ncat /dev/zero\n");
    lay(tree, "members/wild", "28_poll_chat", "#!/bin/sh\necho 'no chat' >&2\nexit 3\n");
}

// What is said of this chat server when 11's client program meets it, or a tool, which may need seconds to start.
std::string found_in_chat(const std::vector<std::string>& server, const std::string& tool = "", long silence_ms = 20000)
{
    for (const coach::Scenario& scenario : coach::scenarios()) {
        if (scenario.name != std::string{chat_table})
            continue;
        const std::vector<std::string> program{real_programs + "/bin/tcp_client", "{address}"};
        coach::Scene scene = coach::scene_of(scenario, server, tool.empty() ? program : coach::client_of_tool(tool, scenario));
        scene.silence_ms = silence_ms;
        coach::Meeting meeting{scene};
        while (meeting.advance()) {
            std::vector<pollfd> sources;
            meeting.add_to(sources);
            ::poll(sources.data(), sources.size(), 20);
        }
        return meeting.outcome().kind == coach::Outcome::Kind::works ? "works" : meeting.outcome().why;
    }
    return "there is no such table";
}

sockaddr_in loopback(unsigned last_byte, int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last_byte);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int listener(const sockaddr_in& at) // -1: somebody is there
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && ::listen(fd, 4) == 0)
        return fd;
    ::close(fd);
    return -1;
}

} // namespace

TEST(Matrix, FiveFoldersGiveTheRightBoardAndTheRightMatrix)
{
    const SmallTree tree;
    make_five(tree);
    std::vector<std::string> words{"group", "--patience", "2"};
    for (const char* member : {"ann", "bob", "cleo", "dan", "wild"})
        words.push_back(answers_of(tree, member));
    const Ended group = without_tools(tree, words);
    EXPECT_EQ(1, group.status);

    const std::vector<std::string> members{"ann", "bob", "cleo", "dan", "wild"};
    const std::vector<std::vector<std::string>> board{
        {"01_one", "green", "**2 of 3**", "green", "green", "**not checked**"},
        {"02_two", "green", "**2 of 3**", "not written", "green", "**not checked**"},
        {"10_ten", "green", "**2 of 3**", "not written", "green", "green"},
        {"10_echo_server", "green", "green", "not written", "**no build**", "green"},
        {"11_tcp_client", "green", "green", "not written", "green", "green"},
        {"28_poll_chat", "green", "green", "not written", "**no build**", "green"},
    };
    for (const std::vector<std::string>& row : board)
        for (std::size_t i = 0; i < members.size(); ++i)
            EXPECT_EQ(row[i + 1], on_board(tree, "The board", row[0], members[i])) << row[0] << " of " << members[i] << "\n"
                                                                                   << group.said;

    const std::string page = tree.read("build/practice/group/board.html");
    for (const std::string table : {talk_table, bulk_table, chat_table}) {
        EXPECT_NE(std::string::npos, page.find("<h2>" + table + "</h2>")) << page;
        EXPECT_NE(std::string::npos, group.said.find("\n" + table + "\n")) << group.said;
        for (const char* client : {"ann", "bob", "cleo", "dan", "wild", "reference"})
            for (const char* server : {"ann", "bob", "cleo", "dan", "wild", "reference"}) {
                const std::string c = client, s = server;
                const bool nobody = c == "cleo" || s == "cleo" || s == "dan"; // not written, or no build
                const bool bad = c == "bob" || c == "wild" || s == "wild";
                EXPECT_EQ(nobody ? "-"
                          : bad  ? "**fails**"
                                 : "works",
                          on_board(tree, table, c, s))
                    << table << ": " << c << " with " << s << "\n"
                    << group.said;
            }
    }
    for (const char* remark :
         {"\nwild's server works with nobody. With ann: hangs: nothing has moved for 2\nseconds;",
          "\nbob's client works with nobody. With ann: the client has another byte 1 of ",
          "\nwild's client works with nobody. With ann: the client ",
          "\nwild's server works with nobody. With ann: the server ended with 3: no chat.\n",
          "\nbob's client works with nobody. With ann: a client hears something else than the\nothers said.\n"})
        EXPECT_NE(std::string::npos, group.said.find(remark)) << remark << "\n" << group.said;
    EXPECT_FALSE(is_running(tree.path("held"))) << "Something is left behind.";

    const std::string before = tree.read("build/practice/group/board.md");
    EXPECT_EQ(std::string::npos, without_tools(tree, words).said.find("(it did not end)"));
    EXPECT_EQ(before, tree.read("build/practice/group/board.md")) << "What is kept is the same.";
}

// The tools that are installed take part; how many there are is the machine's matter.
TEST(Matrix, ToolsTakePart)
{
    const SmallTree tree;
    for (const std::string exercise : {"10_echo_server", "11_tcp_client", "28_poll_chat"}) {
        add_exercise(tree, exercise);
        lay(tree, "solutions", exercise, good_program(exercise));
    }
    tree.runs({"group", "--patience", "60", "ann=" + tree.path("exercises")}); // on a busy machine python3 takes seconds to begin
    const std::string page = tree.read("build/practice/group/board.md");
    for (const std::string tool : {"nc", "socat", "curl", "python3"}) {
        const bool here = is_here(tool);
        for (const char* table : {talk_table, chat_table})
            EXPECT_EQ(here ? "works" : "", on_board(tree, table, tool, "reference")) << page;
    }
    for (const std::string tool : {"socat", "python3"})
        if (is_here(tool)) {
            EXPECT_EQ("works", on_board(tree, talk_table, "reference", tool)) << page;
            EXPECT_EQ("works", on_board(tree, bulk_table, "reference", tool)) << page;
            EXPECT_EQ("works", on_board(tree, bulk_table, tool, "reference")) << page;
        }
}

// Another process may have the same port at another address, and clients of its own there.
TEST(Matrix, CountsTheClientsOfItsServerAlone)
{
    sockaddr_in here = loopback(1, 0);
    socklen_t size = sizeof here;
    int server = -1, other = -1;
    for (int tries = 0; other < 0 && tries < 100; ++tries) { // somebody may have that port there
        ::close(server);
        server = listener(loopback(1, 0));
        ASSERT_EQ(0, ::getsockname(server, reinterpret_cast<sockaddr*>(&here), &size));
        other = listener(loopback(2, ntohs(here.sin_port)));
    }
    const int port = ntohs(here.sin_port);
    std::vector<int> sockets;
    std::size_t expected = 0;
    for (const int door : {other, server}) {
        const sockaddr_in to = loopback(door == other ? 2 : 1, port);
        sockets.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        ASSERT_EQ(0, ::connect(sockets.back(), reinterpret_cast<const sockaddr*>(&to), sizeof to));
        EXPECT_EQ(expected, coach::accepted_by(port)) << "not accepted yet";
        sockets.push_back(::accept(door, nullptr, nullptr));
        expected += door == other ? 0 : 1;
        EXPECT_EQ(expected, coach::accepted_by(port)) << "accepted";
    }
    sockets.insert(sockets.end(), {server, other});
    for (const int fd : sockets)
        ::close(fd);
}

// Who is there at the same time hears what the others say, all of it, and nothing else.
TEST(Matrix, TwoAreInAChatAtATime)
{
    EXPECT_EQ("works", found_in_chat({real_programs + "/bin/poll_chat", "127.0.0.1:0"}));
    EXPECT_EQ("hangs: nothing has moved for 2 seconds; a client has 0 of 18 bytes",
              found_in_chat({KATA_BAD_CHAT, "nothing"}, "", 2000));
    for (const char* how : {"own", "all", "mixed"})
        EXPECT_EQ("a client hears something else than the others said", found_in_chat({KATA_BAD_CHAT, how})) << how;
    for (const std::string tool : {"nc", "socat", "curl", "python3"})
        if (is_here(tool)) {
            EXPECT_EQ("a client hears something else than the others said", found_in_chat({KATA_BAD_CHAT, "halves"}, tool))
                << tool;
        }
}
