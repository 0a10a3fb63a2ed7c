#include "03_bind/bind.h"

#include "lab/lab.h"

#include <string>
#include <sys/socket.h>

using namespace lab;

namespace {

void serves_one(const kata::Bound& server)
{
    EXPECT_EQ(0, ::listen(server.fd.get(), 8));
    const kata::UniqueFd client{::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    expects_open(client.get(), "when a client has come");
}

kata::Endpoint any_port(std::string_view ip)
{
    const std::string text{ip};
    return kata::parse_endpoint(text.find(':') == std::string::npos ? text + ":0" : "[" + text + "]:0");
}

// A socket that has a port and lets others have it, too: it does not listen, and SO_REUSEADDR is set.
kata::UniqueFd holds_a_port(std::string_view ip)
{
    const kata::Endpoint any = any_port(ip);
    kata::UniqueFd holder = kata::open_socket(any.family(), SOCK_STREAM);
    const int on = 1;
    ::setsockopt(holder.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    EXPECT_EQ(0, ::bind(holder.get(), any.address(), any.size)) << "the test's own socket has no port";
    return holder;
}

} // namespace

TEST(Robust, RestartsOnBothFamilies)
{
    constexpr Lesson lesson{.rule = "IPv6 has TIME_WAIT, too: whatever a server needs, it needs on both families.",
                            .why = "SO_REUSEADDR belongs to the socket, and stands above the family.",
                            .read = "man 7 socket, SO_REUSEADDR; man 7 ipv6",
                            .ask = "Q5, Q13"};
    on_both_families([&](std::string_view ip) {
        Learner you{lesson};
        you.run([&] {
            const kata::UniqueFd holder = holds_a_port(ip); // so that nobody else gets it in between
            const kata::Endpoint place = kata::local_endpoint(holder.get());
            kata::Bound first = kata::bind_tcp(place);
            serves_one(first); // and closes first
            first.fd.reset();
            wait_for_the_test();
            serves_one(kata::bind_tcp(place));
        });
        Peer ann = you.connect("ann");
        ann.expects_end();
        ann.closes();
        you.resume();
        you.connect("bob").expects_connection();
        you.finishes();
    });
}

TEST(Robust, TellsWhicheverCallFails)
{
    constexpr Lesson lesson{
        .rule = "whichever call fails: its errno is the one to report, nothing stays open, and the next try works.",
        .why = "A close() on the way out can fail and change errno, and an option that was not set is missed at the next start.",
        .read = "man 3 errno, NOTES; man 2 getsockname, ERRORS",
        .ask = "Q9, Q71, Q75"};
    on_both_families([&](std::string_view ip) {
        whichever_call_fails([&] {
            Learner you{lesson};
            you.run([&] {
                kata::Bound server;
                told_then_done([&] { server = kata::bind_tcp(any_port(ip)); });
                serves_one(server);
            });
            you.connect("ann").expects_connection();
            you.finishes();
        });
    });
}
