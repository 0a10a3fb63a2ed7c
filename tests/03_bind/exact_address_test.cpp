#include "03_bind/bind.h"

#include "lab/lab.h"
#include "lab/words/describe.h"

#include <system_error>
#include <thread>

using namespace lab;

namespace {

// "[::1]:P", or the errno that it threw.
std::string address_after(const std::string& ip)
{
    try {
        const std::string local = kata::to_string(kata::bind_tcp(kata::parse_endpoint(ip + ":0")).local);
        return local.substr(0, local.rfind(':')) + ":P";
    } catch (const std::system_error& e) {
        return errno_name(e.code().value());
    }
}

std::string is_told_its_own(const kata::Bound& server)
{
    return kata::to_string(server.local) == kata::to_string(kata::local_endpoint(server.fd.get())) ? "its own address"
                                                                                                   : "another's address";
}

} // namespace

TEST(Robust, LeavesAMappedAddressAsItIs)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "[::ffff:127.0.0.1] is an IPv6 address like any other: the socket has exactly that one.",
                 .why =
                     "IPv4 clients reach it, but the socket, and what it says of its clients, is of AF_INET6: that is what the "
                     "caller asked for. Where the socket is for IPv6 only, it is EINVAL.",
                 .read = "man 7 ipv6, DESCRIPTION and IPV6_V6ONLY; RFC 4291 section 2.5.5.2",
                 .ask = "Q5, Q16"}};
    you.run([] {
        const std::string came = address_after("[::ffff:127.0.0.1]");
        expects(came == "[::ffff:127.0.0.1]:P" || came == "EINVAL", "its address is [::ffff:127.0.0.1]:P", "it is " + came);
    });
    you.finishes();
}

TEST(Robust, ReportsNothingOfTheQuestion)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "the address to report is what getsockname() says, all of it: not the question with another port.",
                 .why =
                     "[::1%1] is ::1: the kernel keeps no scope for an address that exists only once in a machine. What you copy "
                     "from the question is what the caller believed.",
                 .read = "man 2 getsockname; man 7 ipv6, sin6_scope_id",
                 .ask = "Q6, Q7"}};
    you.run([] { EXPECT_EQ("its own address", is_told_its_own(kata::bind_tcp(kata::parse_endpoint("[::1%1]:0")))); });
    you.finishes();
}

TEST(Robust, AsksForTheWholeAddress)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "bind() gets the whole address: the scope of [fe80::1%1] belongs to it.",
                 .why = "A link-local address may exist on every interface, and its scope says on which one. Without that the "
                        "kernel cannot even look for it: EINVAL.",
                 .read = "man 7 ipv6, sin6_scope_id; RFC 4007 section 6",
                 .ask = "Q6, Q10"}};
    you.run([] {
        const std::string ip = "[fe80::1%1]";
        const kata::Endpoint where = kata::parse_endpoint(ip + ":0");
        const kata::UniqueFd probe = kata::open_socket(AF_INET6, SOCK_STREAM); // what does this machine say of it?
        const std::string right = ::bind(probe.get(), where.address(), where.size) == 0 ? ip + ":P" : errno_name(errno);
        EXPECT_EQ(right, address_after(ip));
        EXPECT_EQ("EINVAL", address_after("[fe80::1]")); // no interface is tried in its place
    });
    you.finishes();
}

TEST(Robust, HasTheWholeRoomEachTime)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "each call has the whole room for an address, whatever was bound before.",
                 .why = "The size goes in as the room, and comes out as what is used: 16 bytes after an IPv4 address. An IPv6 "
                        "address that gets no more is cut.",
                 .read = "man 2 getsockname, DESCRIPTION",
                 .ask = "Q6, Q7"}};
    you.run([] {
        for (const std::string ip : {"127.0.0.1", "[::1]"})
            EXPECT_EQ(ip + ":P", address_after(ip));
    });
    you.finishes();
}

TEST(Robust, HasNoOtherFamilyToOffer)
{
    constexpr Lesson lesson{
        .rule = "where there is no such family, that is the answer: no address of another one is taken.",
        .why = "0.0.0.0 is not what [::] asked for, also on a machine without IPv6 (EAFNOSUPPORT): a server that "
               "nobody reaches where he looks for it should say so at its start.",
        .read = "man 2 socket, EAFNOSUPPORT; man 7 ipv6",
        .ask = "Q5, Q16"};
    for (const int missing : {AF_INET, AF_INET6}) {
        if (HasFailure())
            return;
        Learner you{lesson};
        you.lacks(missing);
        you.run([&] {
            for (const char* ip : {"127.0.0.1", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]"}) {
                if ((*ip == '[') == (missing == AF_INET6)) {
                    EXPECT_EQ("EAFNOSUPPORT", address_after(ip)) << "asked for " << ip;
                }
            }
        });
        you.finishes();
    }
}

TEST(Robust, TriesNothingTwice)
{
    constexpr Lesson lesson{
        .rule = "a call that fails once has failed: tell its errno, try nothing again and repair nothing.",
        .why = "The next try may have more luck, with port 0, too. Whether it is worth it is for the caller to say, who hears of "
               "the failure only when you tell it.",
        .read = "man 2 bind, ERRORS; man 2 socket, ERRORS; man 2 getsockname, ERRORS",
        .ask = "Q13, Q75"};
    constexpr struct {
        Call call;
        int error;
    } failures[] = {{Call::socket, ENOBUFS}, {Call::socket, ENOMEM}, {Call::bind, EADDRINUSE},    {Call::bind, EACCES},
                    {Call::bind, EINVAL},    {Call::bind, ENOBUFS},  {Call::bind, EADDRNOTAVAIL}, {Call::bind, ENOMEM},
                    {Call::bind, EPERM},     {Call::socket, EACCES}, {Call::getsockname, ENOBUFS}};
    for (const auto& [call, error] : failures) {
        if (HasFailure())
            return;
        Learner you{lesson};
        you.nth(call, 1).fails(error);
        you.run([name = errno_name(error)] {
            EXPECT_EQ(name, error_of([] { kata::bind_tcp(kata::parse_endpoint("127.0.0.1:0")); }));
        });
        you.finishes();
    }
}

TEST(Robust, BindsForTwoThreadsAtOnce)
{
    Learner you{
        {.rule = "two threads may bind at once: each is told the address of its own socket.",
         .why = "getsockname() has answered for the first thread, which has not run on yet, when the second one asks. In one "
                "static place for both, its answer overwrites the first one. A local variable is each call's own.",
         .read = "man 7 pthreads, \"Thread-safe functions\"; man 2 getsockname",
         .ask = "Q7"}};
    Peer ann = you.wire("ann");
    you.nth(Call::getsockname, 1).returns_late();
    you.run([&] {
        const kata::Endpoint any = kata::parse_endpoint("127.0.0.1:0");
        kata::Bound first;
        std::thread other{[&] { first = kata::bind_tcp(any); }};
        expects_to_hear(you.fd(), "now");
        const kata::Bound second = kata::bind_tcp(any);
        other.join();
        EXPECT_EQ("its own address", is_told_its_own(first));
        EXPECT_EQ("its own address", is_told_its_own(second));
    });
    ann.sends("now"); // the first answer is held by now
    you.settles();
    you.resume();
    you.finishes();
}

TEST(Hostile, OneOfTwoBoundSocketsListens)
{
    Learner you{{.rule = "two servers may be bound to one port before either listens; only one of them gets to listen.",
                 .why = "The kernel asks again in listen(), and there SO_REUSEPORT counts as well, also where it was set after "
                        "bind(): both listen, and each gets some of the clients.",
                 .read = "man 2 listen, EADDRINUSE; man 7 socket, SO_REUSEADDR and SO_REUSEPORT",
                 .ask = "Q13, Q14"}};
    const std::string ip = private_loopback(); // the port stays free: nobody else has this address
    you.run([&ip] {
        const kata::Endpoint place = kata::bind_tcp(kata::parse_endpoint(ip + ":0")).local;
        const kata::Bound first = kata::bind_tcp(place);
        kata::Bound second;
        if (error_of([&] { second = kata::bind_tcp(place); }) != "no error")
            return; // it may say so as early as this
        EXPECT_EQ(0, ::listen(first.fd.get(), 8));
        const std::string came = ::listen(second.fd.get(), 8) == 0 ? "no error" : errno_name(errno);
        expects(came == "EADDRINUSE", "listen() on the second socket says EADDRINUSE", came);
    });
    you.finishes();
}
