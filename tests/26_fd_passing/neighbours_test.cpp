// Where somebody lives already, or lived once.
#include "door.h"

#include <fstream>
#include <linux/capability.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace lab;

namespace {

// Fills the queue of a listener, and keeps the connections.
std::vector<kata::UniqueFd> fills(const std::string& path)
{
    const wiring::Name name = wiring::unix_name(path);
    std::vector<kata::UniqueFd> clients;
    do
        clients.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    while (::connect(clients.back().get(), name.get(), name.size) == 0);
    return clients;
}

// How often it waited for room in a queue: a connect() that blocks says EAGAIN when its SO_SNDTIMEO is over, and not before.
int waits_in_a_queue(const Learner& you)
{
    int waits = 0, blocking = -1;
    for (const CallRecord& c : you.calls()) {
        if (c.call == Call::socket)
            blocking = (c.args[1] & SOCK_NONBLOCK) == 0 ? static_cast<int>(c.result) : -1;
        else if (c.call == Call::fcntl || c.call == Call::ioctl) // perhaps not any more
            blocking = -1;
        else if (c.call == Call::connect && c.fd == blocking && c.result < 0)
            waits += c.error == EAGAIN ? 1 : 0;
    }
    return waits;
}

// From now on this thread is asked for its rights in a folder, also where it is root's.
void keeps_to_the_rights_of_files()
{
    __user_cap_header_struct version{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct rights[2]{};
    EXPECT_EQ(0, ::syscall(SYS_capget, &version, rights));
    rights[0].effective &= ~(1u << CAP_DAC_OVERRIDE);
    EXPECT_EQ(0, ::syscall(SYS_capset, &version, rights));
}

} // namespace

TEST(Robust, TakesThePlaceOfADeadServer)
{
    const Folder folder;
    bound_to(folder / "door", SOCK_STREAM); // and closes it: the file stays
    Learner you{{.rule = "the socket file of a dead server is replaced; a restart needs nobody's hand.",
                 .why = "The file outlives its process, and bind() takes no path that exists: EADDRINUSE. Who connects to it is "
                        "refused: nobody is behind it.",
                 .read = "man 7 unix, ERRORS, EADDRINUSE, and NOTES",
                 .ask = "Q107"}};
    you.run([&] { greets_one_at(folder / "door"); });
    you.connect_to_path(folder / "door", "ann").expects("hello");
    you.finishes();
}

TEST(Robust, TellsThatItMayNotRemoveTheFile)
{
    const Folder folder;
    bound_to(folder / "door", SOCK_STREAM);
    std::filesystem::permissions(folder / "", std::filesystem::perms{0555});
    Learner you{{.rule = "where the file of a dead server may not be removed, that is the error: EACCES, and not EADDRINUSE.",
                 .why = "EADDRINUSE says that somebody lives there, and then somebody looks for a server that is not there.",
                 .read = "man 2 unlink, EACCES; man 7 unix, ERRORS, EADDRINUSE",
                 .ask = "Q107"}};
    you.run([&] {
        keeps_to_the_rights_of_files();
        expects_error(EACCES, [&] { listens_at(folder / "door"); });
    });
    you.finishes();
    std::filesystem::permissions(folder / "", std::filesystem::perms{0700});
}

TEST(Robust, StaysAwayInDoubt)
{
    const Folder folder;
    bound_to(folder / "door", SOCK_STREAM);
    Learner you{{.rule = "only ECONNREFUSED says that nobody lives there. Whatever else goes wrong, the file stays.",
                 .why = "Here you may not connect (EACCES): the server of another user, or a dead one. You do not know.",
                 .read = "man 7 unix, \"Pathname socket ownership and permissions\"; man 2 connect, EACCES",
                 .ask = "Q107"}};
    you.every(Family::connecting).fails(EACCES);
    you.run([&] {
        const std::string came = error_of([&] { listens_at(folder / "door"); });
        expects(came == "EADDRINUSE" || came == "EACCES", "EADDRINUSE, or the errno of connect()", came);
    });
    you.finishes();
    EXPECT_TRUE(std::filesystem::is_socket(folder / "door")) << "the socket file is gone";
}

TEST(Hostile, LeavesWhoLivesThereAlone)
{
    const Folder folder;
    const kata::UniqueFd free = bound_to(folder / "free", SOCK_STREAM), full = bound_to(folder / "full", SOCK_STREAM);
    const kata::UniqueFd mail = bound_to(folder / "mail", SOCK_DGRAM), packets = bound_to(folder / "packets", SOCK_SEQPACKET);
    const std::string no_file = std::string(1, '\0') + folder / "abstract";
    const kata::UniqueFd not_yet = bound_to(no_file, SOCK_STREAM); // refuses, and there is no file that could be an old one
    ASSERT_EQ(0, ::listen(free.get(), 4));
    ASSERT_EQ(0, ::listen(full.get(), 0));
    ASSERT_EQ(0, ::listen(packets.get(), 4));
    const std::vector<kata::UniqueFd> queue = fills(folder / "full");
    Learner you{{.rule = "a path where somebody lives is taken, EADDRINUSE, and you never wait to find out.",
                 .why = "Who unlinks first takes the name away from a server that runs: it never hears of another client. A full "
                        "queue makes a blocking connect() wait; a datagram socket says EPROTOTYPE. Both live. And an abstract "
                        "name is taken as long as its owner "
                        "lives, also before listen().",
                 .read = "man 2 connect, EAGAIN and ECONNREFUSED; man 7 unix, ERRORS, EPROTOTYPE",
                 .ask = "Q107"}};
    you.run([&] {
        for (const char* place : {"free", "full", "mail", "packets"})
            expects_error(EADDRINUSE, [&] { listens_at(folder / place); });
        expects_error(EADDRINUSE, [&] { listens_at(no_file); });
    });
    you.finishes();
    EXPECT_EQ(0, waits_in_a_queue(you)) << "you waited in a full queue for a time";
    EXPECT_EQ(0, you.waits_in_vain()) << "you waited for a time, to find out who lives there";
    EXPECT_TRUE(leads_to_somebody(folder / "free", SOCK_STREAM)) << "the server at \"free\" cannot be reached any more";
    EXPECT_TRUE(leads_to_somebody(folder / "full", SOCK_STREAM)) << "the server at \"full\" cannot be reached any more";
    EXPECT_TRUE(leads_to_somebody(folder / "mail", SOCK_DGRAM)) << "the server at \"mail\" cannot be reached any more";
    EXPECT_TRUE(leads_to_somebody(folder / "packets", SOCK_SEQPACKET)) << "the server at \"packets\" cannot be reached any more";
}

TEST(Hostile, LeavesAFileThatIsNoSocketAlone)
{
    const Folder folder;
    std::ofstream{folder / "letters"} << "somebody's letters";
    bound_to(folder / "door", SOCK_STREAM);
    std::filesystem::create_symlink("door", folder / "link");
    Learner you{{.rule = "only a socket file is ever removed.",
                 .why =
                     "connect() to an ordinary file is refused as well: ECONNREFUSED alone does not say that it is an old "
                     "socket. The type of the file does, and lstat() tells it also of a link, which somebody has made by hand.",
                 .read = "man 2 lstat; man 7 inode, S_ISSOCK; man 7 unix, ERRORS, ECONNREFUSED",
                 .ask = "Q107"}};
    you.run([&] {
        for (const char* place : {"letters", "link"})
            expects_error(EADDRINUSE, [&] { listens_at(folder / place); });
    });
    you.finishes();
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link")) << "the link is gone";
    std::string kept;
    std::getline(std::ifstream{folder / "letters"}, kept);
    EXPECT_EQ("somebody's letters", kept);
}
