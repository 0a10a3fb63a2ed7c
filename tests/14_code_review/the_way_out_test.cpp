#include "line_server.h"

#include <fcntl.h>
#include <iterator>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <utility>

using namespace line_server;

TEST(Robust, LetsTheCallersExceptionThrough)
{
    constexpr Lesson lesson{
        .rule = "an exception of on_message is the caller's: it passes through, and everything is closed on its way.",
        .why = "A catch around the whole loop swallows what the server was never asked to handle, also where it names one type.",
        .read = "the contract in code_review.h",
        .ask = "Q110"};
    using Throws = void (*)();
    const std::pair<const char*, Throws> kinds[] = {
        {"std::domain_error", [] { throw std::domain_error{"enough"}; }},
        {"EPIPE",
         [] {
             throw std::system_error{EPIPE, std::generic_category(), "my log"};
         }},
        {"EINVAL",
         [] {
             throw std::system_error{EINVAL, std::generic_category(), "my log"};
         }},
        {"std::length_error", [] { throw std::length_error{"my buffer"}; }},
        {"int", [] { throw 42; }},
    };
    for (std::size_t i = 0; i < 2 * std::size(kinds); ++i) {
        const auto& [name, act] = kinds[i / 2];
        Learner you{lesson};
        const int door = you.listener();
        you.run([&, expected = name, raise = act] {
            std::string came = "nothing: the function returned";
            try {
                kata::run_line_server(kata::UniqueFd{door}, [&](std::string_view) { raise(); });
            } catch (const std::domain_error&) {
                came = "std::domain_error";
            } catch (const std::system_error& e) {
                came = e.code() == std::errc::broken_pipe        ? "EPIPE"
                       : e.code() == std::errc::invalid_argument ? "EINVAL"
                                                                 : "another std::system_error";
            } catch (const std::length_error&) {
                came = "std::length_error";
            } catch (int) {
                came = "int";
            }
            EXPECT_EQ(expected, came) << "on_message threw it";
            expects_closed(door, "when the exception has left the function");
        });
        Peer ann = you.connect("ann");
        ann.sends(i % 2 == 0 ? "hello\n" : "hello"); // the end of the stream ends this one
        ann.finishes_writing();
        ann.expects_end();
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, BeginsAnewAfterAnException)
{
    Learner you{{.rule = "each run begins with nothing, also after one that an exception has ended.",
                 .why =
                     "What outlives the function is emptied on each way out, or not at all: an exception takes none of the ways "
                     "that you wrote.",
                 .read = "the contract in code_review.h",
                 .ask = "Q52, Q110"}};
    const int door = you.listener();
    you.run([&] {
        kata::UniqueFd again{::fcntl(door, F_DUPFD_CLOEXEC, 0)}, shut{::fcntl(door, F_DUPFD_CLOEXEC, 0)};
        EXPECT_THROW(kata::run_line_server(kata::UniqueFd{door}, [](std::string_view) { throw std::domain_error{"enough"}; }),
                     std::domain_error);
        Messages came;
        const kata::ChatStats stats =
            kata::run_line_server(std::move(again), [&](std::string_view message) { came.emplace_back(message); });
        EXPECT_EQ(Messages{"I am bob"}, came) << "the messages that the second run passed on";
        EXPECT_EQ(1u, stats.clients) << "the number of its clients";
        EXPECT_EQ(1u, stats.messages) << "the number of its messages";
        const kata::ChatStats none = kata::run_line_server(std::move(shut), [](std::string_view) {});
        EXPECT_EQ(0u, none.clients + none.messages) << "the clients and messages of a third run, after the shutdown";
    });
    Peer ann = you.connect("ann");
    ann.sends("hello\nleft behind\nby a");
    ann.receives_all();
    bob_is_heard(you);
    stop(you);
}

TEST(Robust, ThrowsWhatDoesNotPass)
{
    constexpr Lesson lesson{
        .rule = "no descriptor left, no memory, or a filter that forbids it: accept() fails for good, and the caller is told the "
                "errno.",
        .why = "The client stays in the queue, so who just tries again spins, and who returns says that all is well. One client "
               "at a "
               "time: nothing that this server holds could be given back. EPERM is no connection's, either.",
        .read = "man 2 accept, EMFILE, ENFILE, ENOBUFS, ENOMEM",
        .ask = "Q22, Q75"};
    for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM}) {
        Learner you{lesson};
        const int door = you.listener();
        you.every(Family::accepting).fails(error);
        you.run([=] {
            expects_error(error, [&] { kata::run_line_server(kata::UniqueFd{door}, [](std::string_view) {}); });
            expects_closed(door, "when the exception has left the function");
        });
        Peer ann = you.knock("ann"); // somebody is there, for those who ask poll() first
        you.finishes();
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(Robust, ThrowsWhatIsNoShutdown)
{
    Learner you{
        {.rule = "a descriptor that cannot accept is an error of the caller's, and not the end that somebody asked for.",
         .why = "Only EINVAL says that the listener was shut down. ENOTSOCK and EOPNOTSUPP say that it never was one. A server "
                "that returns then has served nobody and says that all is well; one that tries again spins.",
         .read = "man 2 accept, ERRORS; man 2 shutdown",
         .ask = "Q22, Q75"}};
    you.run([] {
        kata::UniqueFd file{::open("/dev/null", O_RDWR | O_CLOEXEC)};
        expects_error(ENOTSOCK, [&] { kata::run_line_server(std::move(file), [](std::string_view) {}); });
        int pair[2];
        ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair));
        const kata::UniqueFd other{pair[1]};
        EXPECT_EQ(1, ::send(other.get(), "x", 1, MSG_NOSIGNAL)); // something is there, for those who ask poll() first
        expects_error(EOPNOTSUPP, [&] { kata::run_line_server(kata::UniqueFd{pair[0]}, [](std::string_view) {}); });
    });
    you.finishes();
}
