#include "accepting.h"

#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

using namespace accepting;

namespace {

constexpr auto fifty_days = 4'294'968s; // in milliseconds: 2^32 and a little

std::string options_of(int fd)
{
    const auto value = [fd](auto room, int level, int option) {
        socklen_t size = sizeof room;
        ::getsockopt(fd, level, option, &room, &size);
        return room;
    };
    const auto number = [&](int level, int option) { return std::to_string(value(0, level, option)); };
    return "SO_RCVTIMEO " + std::to_string(value(timeval{}, SOL_SOCKET, SO_RCVTIMEO).tv_sec) + " s, SO_SNDTIMEO " +
           std::to_string(value(timeval{}, SOL_SOCKET, SO_SNDTIMEO).tv_sec) + " s, SO_LINGER " +
           std::to_string(value(linger{}, SOL_SOCKET, SO_LINGER).l_onoff) + ", SO_KEEPALIVE " + number(SOL_SOCKET, SO_KEEPALIVE) +
           ", SO_OOBINLINE " + number(SOL_SOCKET, SO_OOBINLINE) + ", SO_RCVLOWAT " + number(SOL_SOCKET, SO_RCVLOWAT) +
           ", TCP_NODELAY " + number(IPPROTO_TCP, TCP_NODELAY) + ", TCP_KEEPIDLE " + number(IPPROTO_TCP, TCP_KEEPIDLE) +
           ", TCP_USER_TIMEOUT " + number(IPPROTO_TCP, TCP_USER_TIMEOUT);
}

} // namespace

TEST(Robust, WaitsAsLongAsTheListenerDoes)
{
    constexpr Lesson lesson{.rule = "a blocking listener with SO_RCVTIMEO waits for that time, and then: nullopt.",
                            .why = "accept says EAGAIN when that time is over, too. Nobody came, and the caller wants to know.",
                            .read = "man 7 socket, SO_RCVTIMEO; man 2 accept, EAGAIN",
                            .ask = "Q19, Q55"};
    for (const auto limit : {0s, 3600s}) {
        if (HasFailure())
            return;
        Learner you{lesson, {.own_time = limit + 1s}};
        you.listener();
        you.may_change("SO_RCVTIMEO"); // the test does
        you.run([&] {
            waits_no_longer_than(limit, you.fd());
            EXPECT_EQ("nullopt", attempt(you.fd()));
        });
        you.finishes();
        expects(you.took() == limit + 20ms,
                "it waits for as long as the listener, " + std::to_string((limit + 20ms).count()) + " ms",
                std::to_string(you.took().count()) + " ms");
    }
}

TEST(Robust, TakesWhoComesInTime)
{
    Learner you{
        {.rule = "who comes before the limit is over is a client like any other, also after a signal; the limit may be long.",
         .why = "A timeval has seconds and microseconds. An int holds milliseconds of 24 days, microseconds of 35 minutes.",
         .read = "man 7 socket, SO_RCVTIMEO",
         .ask = "Q19, Q55"},
        {.own_time = 2h}};
    you.listener();
    you.may_change("SO_RCVTIMEO"); // the test does
    you.run([&] {
        waits_no_longer_than(fifty_days, you.fd());
        EXPECT_EQ("a client", attempt(you.fd()));
    });
    you.time_passes(59min);
    you.gets_signal(SIGUSR1); // ends the call, and not the time
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
    you.finishes();
}

TEST(Robust, HandsOnTheOptionsOfTheListener)
{
    Learner you{{.rule = "the new socket has the options of its listener: none is added, and none is taken away.",
                 .why = "A connection inherits them from the socket that listens. Who sets a limit there has set it for each "
                        "client, and relies on it.",
                 .read = "man 7 tcp, TCP_USER_TIMEOUT (\"like many others, will be inherited\"); man 7 socket, SO_RCVTIMEO",
                 .ask = "Q19, Q55"},
                {.own_time = 2h}};
    you.listener();
    you.may_change("SO_RCVTIMEO"); // the test does
    you.run([&] {
        waits_no_longer_than(3600s, you.fd());
        const Client client = accept_one(you.fd());
        const std::string right = options_of(you.fd()), came = client ? options_of(client->fd.get()) : "no client";
        expects(came == right, "the listener's options: " + right, came);
    });
    you.settles(); // the limit is set
    Peer ann = you.connect("ann");
    you.finishes();
}

TEST(Robust, AsksTheListenerEachTime)
{
    Learner you{{.rule = "for how long to wait is for the listener to say, in each call: its owner may have changed it.",
                 .why =
                     "O_NONBLOCK and SO_RCVTIMEO belong to the socket, and the kernel looks at them each time. What you remember "
                     "of a number is about the last call, or about another socket.",
                 .read = "man 2 fcntl, F_SETFL; man 7 socket, SO_RCVTIMEO",
                 .ask = "Q19, Q79"}};
    you.listener(16, true);
    you.may_change("O_NONBLOCK"); // the test does
    you.may_change("SO_RCVTIMEO");
    you.run([&] {
        EXPECT_EQ("nullopt", attempt(you.fd()));
        waits_no_longer_than(7200s, you.fd());
        EXPECT_EQ("nullopt", attempt(you.fd())); // at once: one that does not block has no time to wait
        ::fcntl(you.fd(), F_SETFL, ::fcntl(you.fd(), F_GETFL) & ~O_NONBLOCK);
        waits_no_longer_than(0s, you.fd());
        EXPECT_EQ("nullopt", attempt(you.fd()));
        waits_no_longer_than(3600s, you.fd());
        EXPECT_EQ("a client", attempt(you.fd()));
    });
    you.time_passes(59min);
    Peer ann = you.connect("ann");
    ann.expects(address_of(ann));
    you.finishes();
}
