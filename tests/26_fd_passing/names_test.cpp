// Where it listens, and who comes.
#include "door.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lab;

namespace {

// A path of so many bytes in that folder.
std::string path_of(std::size_t size, const Folder& folder)
{
    const std::string begin = folder / "";
    return begin + std::string(size - std::min(size, begin.size()), 'x');
}

// From now on this process knows no user by his number: each is 65534.
bool leaves_all_users_behind() { return ::unshare(CLONE_NEWUSER) == 0; }

bool may_leave_all_users_behind()
{
    const pid_t trial = ::fork();
    if (trial == 0)
        ::_exit(leaves_all_users_behind() ? 0 : 1);
    int status = 1;
    return trial > 0 && ::waitpid(trial, &status, 0) == trial && status == 0;
}

} // namespace

TEST(Works, ListensAtAPath)
{
    const Folder folder;
    Learner you{{.rule = "a Unix listener is a socket with a path in the place of address and port; the calls are the same.",
                 .why = "sockaddr_un has the path, with a zero byte at its end, and bind() makes the file. Without listen() a "
                        "connect() is refused.",
                 .read = "man 7 unix, \"Address format\" and EXAMPLES",
                 .ask = "Q105, Q107"}};
    you.run([&] {
        const kata::UniqueFd listener = listens_at(folder / "door");
        expects_closed_on_exec(listener.get());
        expects((::fcntl(listener.get(), F_GETFL) & O_NONBLOCK) == 0, "a blocking listener", "it is non-blocking");
        for (int client = 0; client < 2; ++client)
            ::send(kata::UniqueFd{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)}.get(), "hello", 5, MSG_NOSIGNAL);
    });
    Peer ann = you.connect_to_path(folder / "door", "ann"), bob = you.connect_to_path(folder / "door", "bob");
    ann.expects("hello");
    bob.expects("hello");
    you.finishes();
}

TEST(Works, ListensAtAnAbstractName)
{
    const Folder folder; // for a name that nobody else has
    const std::string name = std::string(1, '\0') + folder / "a" + '\0' + "b" + '\0';
    Learner you{{.rule = "an abstract name begins with a zero byte, and the size of the address says where it ends.",
                 .why =
                     "Each byte counts, zero bytes as well. sizeof(sockaddr_un) would make all the zeros behind it part of the "
                     "name, and then nobody finds it.",
                 .read = "man 7 unix, \"Address format\", abstract",
                 .ask = "Q107"}};
    you.run([&] { greets_one_at(name); });
    you.connect_to_path(name, "ann").expects("hello");
    you.finishes();
}

TEST(Robust, TakesAPathAsItStands)
{
    const Folder folder;
    Learner you{
        {.rule = "what does not begin with a zero byte is a path, each character of it: \"@door\" is a file of that name.",
         .why = "ss(8) and lsof(8) write an @ for the zero byte of an abstract name. Who reads it so, too, listens where "
                "nobody looks, and the rights of the folder no longer say who may come in.",
         .read = "man 7 unix, \"Address format\"",
         .ask = "Q107"}};
    you.may_change("folder"); // by the test
    you.run([&] {
        std::filesystem::current_path(folder / "");
        for (const char* name : {"@door", " door "}) {
            const kata::UniqueFd listener = listens_at(name);
            expects(std::filesystem::is_socket(folder / name), "a socket file of that name", "no file of that name");
        }
    });
    you.finishes();
}

TEST(Works, TellsWhoThePeerIs)
{
    const Folder folder;
    Learner you{{.rule = "the kernel knows who has connected: process, user and group. SO_PEERCRED asks it.",
                 .why = "It noted them when the connection was made: the peer cannot lie, and they stay when it leaves.",
                 .read = "man 7 unix, SO_PEERCRED",
                 .ask = "Q108"}};
    const pid_t test = ::getpid();
    you.run([&] {
        const kata::UniqueFd listener = kata::unix_listen(folder / "door");
        const kata::UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        for (const char* when : {"while it is there", "when it has left"}) {
            const ucred who = calls("peer_credentials()", [&] { return kata::peer_credentials(client.get()); });
            expects(who.pid == test, std::string{"the process of the test, "} + when,
                    who.pid == ::getpid() ? "this process" : "another process");
            expects(who.uid == ::geteuid() && who.gid == ::getegid(), "its user and its group", "others");
            wait_for_the_test();
        }
    });
    Peer ann = you.connect_to_path(folder / "door", "ann");
    ASSERT_TRUE(you.paused());
    ann.closes();
    you.resume();
    you.finishes();
}

TEST(Robust, KnowsAUserOutsideOfItsNamespace)
{
    if (!may_leave_all_users_behind())
        GTEST_SKIP() << "this machine lets nobody have a user namespace of his own";
    const Folder folder;
    Learner you{{.rule = "user 65534 is somebody: what the kernel tells is told. Only user -1 is nobody.",
                 .why = "In a user namespace, as a container has, that number stands for each user outside of it, and beside it "
                        "the process is the right one.",
                 .read = "man 7 user_namespaces, \"Unmapped user and group IDs\"; man 7 unix, SO_PEERCRED",
                 .ask = "Q108"}};
    const pid_t test = ::getpid();
    you.run([&] {
        const kata::UniqueFd listener = kata::unix_listen(folder / "door");
        const kata::UniqueFd client{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!leaves_all_users_behind()) // a sanitizer may have a thread of its own by now: EINVAL
            return;
        const ucred who = calls("peer_credentials()", [&] { return kata::peer_credentials(client.get()); });
        expects(who.pid == test, "the process of the test", who.pid == ::getpid() ? "this process" : "another process");
    });
    Peer ann = you.connect_to_path(folder / "door", "ann");
    you.finishes();
}

TEST(Robust, SaysThatThereIsNobody)
{
    Learner you{{.rule = "a socket without such a peer has no credentials: ENOTCONN, never those of user -1, or yours.",
                 .why = "For TCP, and before a connect(), SO_PEERCRED succeeds and fills in process 0 and user -1, and for a "
                        "listener yourself. Who compares only for a user that is not allowed lets it in.",
                 .read = "man 7 unix, SO_PEERCRED; man 2 getsockopt",
                 .ask = "Q108"}};
    const Folder folder;
    Peer ann = you.wire("ann");
    you.run([&] {
        const auto asks = [](int fd) {
            calls("peer_credentials(" + std::to_string(fd) + ")", [&] { kata::peer_credentials(fd); });
        };
        expects_error(ENOTCONN, [&] { asks(you.fd()); });
        const kata::UniqueFd alone = kata::open_socket(AF_UNIX, SOCK_STREAM);
        expects_error(ENOTCONN, [&] { asks(alone.get()); });
        expects_error(EBADF, [&] { asks(63); });
        expects_error(ENOTCONN, [&] { asks(kata::unix_listen(folder / "door").get()); });
    });
    you.finishes();
}

TEST(Robust, KnowsHowLongANameMayBe)
{
    const Folder folder;
    if (path_of(107, folder).size() > 107)
        GTEST_SKIP() << "the folder for temporary files has a name that is too long for a socket in it";
    const std::string longest = path_of(107, folder), too_long = path_of(108, folder);
    const std::string name = std::string(1, '\0') + path_of(107, folder); // 108 bytes
    Learner you{{.rule = "sun_path has 108 bytes: a path of 107 and its zero byte, or an abstract name of 108. No name, or a "
                         "zero byte in a path: EINVAL.",
                 .why = "A longer one is cut by strncpy(), and makes a file that nobody asked for; strcpy() writes behind the "
                        "structure. With no name at all bind() chooses one.",
                 .read = "man 7 unix, \"Address format\", \"Autobind feature\" and BUGS",
                 .ask = "Q105, Q107"}};
    you.run([&] {
        expects_error(ENAMETOOLONG, [&] { listens_at(too_long); });
        expects_error(ENAMETOOLONG, [&] { listens_at(name + "x"); });
        expects_error(EINVAL, [&] { listens_at(""); });
        expects_error(EINVAL, [&] { listens_at(folder / "door" + '\0' + "bell"); });
        expects_error(EINVAL, [&] { listens_at(folder / "door" + '\0'); }); // a view does not count the zero byte of a literal
        expects(!std::filesystem::exists(folder / "door"), "no file of the name that is cut there", "one");
        const std::string came = error_of([&] { listens_at(std::string(1, '\0')); }); // one for the whole machine
        expects(came == "no error" || came == "EADDRINUSE", "a listener at the abstract name of one byte", came);
        greets_one_at(name);
        greets_one_at(longest);
    });
    you.connect_to_path(name, "ann").expects("hello");
    you.settles();
    you.connect_to_path(longest, "bob").expects("hello");
    you.finishes();
}
