#include "03_bind/bind.h"
#include "04_listen/listen.h"
#include "line_server.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <sys/socket.h>
#include <thread>
#include <utility>

using namespace line_server;

TEST(Robust, ServesInTwoThreadsAtOnce)
{
    Learner you{{.rule = "two servers in two threads see nothing of each other's clients, lines and counts.",
                 .why = "A static variable is one for all threads: half a line of the one client is thrown away when the other's "
                        "server begins with nothing, or the bytes of the one become those of the other. And on_message may take "
                        "long: until it returns, the message that it was given stays as it is.",
                 .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
                 .ask = "Q34, Q52"}};
    const int door = you.listener();
    Peer cy = you.wire("cy"); // tells the threads when
    you.nth(Family::reading, 2).returns_late();
    you.run([&] {
        const auto serves = [](kata::UniqueFd listener, const Messages& expected, const std::function<void(std::size_t)>& first) {
            Messages came;
            const kata::ChatStats stats = kata::run_line_server(std::move(listener), [&](std::string_view message) {
                first(came.size());
                came.emplace_back(message);
            });
            EXPECT_EQ(expected, came) << "the messages that one of the servers passed on";
            EXPECT_EQ(1u, stats.clients) << "the number of its clients";
            EXPECT_EQ(expected.size(), stats.messages) << "the number of its messages";
        };
        kata::Bound other = kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0"));
        kata::listen_on(other.fd.get());
        const int its = other.fd.get();
        const kata::UniqueFd bob = kata::open_socket(AF_INET, SOCK_STREAM); // he has spoken when his server begins
        EXPECT_EQ(0, ::connect(bob.get(), other.local.address(), other.local.size));
        EXPECT_EQ(9, ::send(bob.get(), "I am bob\n", 9, MSG_NOSIGNAL));
        const auto bob_speaks_again = [&](std::size_t) {
            EXPECT_EQ(13, ::send(bob.get(), "bob says bye\n", 13, MSG_NOSIGNAL));
            ::shutdown(bob.get(), SHUT_WR);
            expects_to_hear(you.fd(1), "look");
        };
        std::thread first{[&] { serves(kata::UniqueFd{door}, {"hello, world"}, bob_speaks_again); }};
        expects_to_hear(you.fd(1), "go");
        serves(std::move(other.fd), {"I am bob", "bob says bye"}, [&](std::size_t before) {
            if (before == 1)
                ::shutdown(its, SHUT_RDWR);
            ::send(you.fd(1), "done", 4, MSG_NOSIGNAL);
        });
        first.join();
    });
    Peer ann = you.connect("ann");
    ann.sends("hello, ");
    ann.sends("wor");
    ASSERT_TRUE(you.paused()); // in the middle of a line
    cy.sends("go");
    cy.expects("done");
    you.resume();
    ann.sends("ld\n");
    cy.expects("done"); // bob's second message, while on_message holds ann's
    cy.sends("look");
    ann.closes();
    stop(you);
}

TEST(Robust, ServesAnyNumberOfClients)
{
    Learner you{{.rule = "the next client costs no more than the one before, and no frame on the stack.",
                 .why = "Who calls himself for the next client is as deep as the number of clients that he has had: the stack is "
                        "full after some ten thousand. A loop stays where it is.",
                 .read = "man 2 getrlimit, RLIMIT_STACK",
                 .ask = "Q52"}};
    const int door = you.listener();
    you.run([=] {
        std::vector<std::uintptr_t> depths;
        std::vector<std::thread::id> threads;
        kata::run_line_server(kata::UniqueFd{door}, [&](std::string_view) {
            depths.push_back(reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)));
            threads.push_back(std::this_thread::get_id());
        });
        ASSERT_EQ(12u, depths.size()) << "the number of messages, one of each client";
        const bool one_stack = std::equal(threads.begin() + 1, threads.end(), threads.begin()); // else they tell nothing
        const bool deeper = std::adjacent_find(depths.begin(), depths.end(), std::less_equal<>{}) == depths.end();
        expects(!one_stack || !deeper, "on_message is called at the same depth for each client",
                "deeper for each of 12 clients than for the one before");
    });
    for (int i = 0; i < 12; ++i)
        bob_is_heard(you);
    stop(you);
}
