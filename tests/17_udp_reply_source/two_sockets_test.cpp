// What belongs to one socket, and to one call.
#include "serves.h"

#include <arpa/inet.h>
#include <thread>

using namespace lab;

TEST(Robust, ServesTwoSocketsAtOnce)
{
    constexpr Lesson lesson{
        .rule = "two threads may receive and answer at the same time, each on its own socket, and see nothing of each other.",
        .why = "The first one is held where it has ann's question, or ann's answer, in its hand. What is static is one for both: "
               "the bytes, the control messages, the flags are bob's by then.",
        .read = "man 7 pthreads, \"Thread-safe functions\"; man 7 attributes, MT-Safe",
        .ask = "Q76, Q101"};
    for (const Family held : {Family::reading, Family::writing}) {
        Learner you{lesson};
        UdpPeer ann = you.udp_wire("ann"), bob = you.udp_wire("bob");
        you.may_change("IP_PKTINFO"); // that is what enable_pktinfo() is for
        you.may_change("IP_RECVORIGDSTADDR");
        you.may_change("SO_TIMESTAMP"); // bob's control messages are others than ann's
        if (held == Family::reading)
            you.nth(held, 1).returns_late();
        else
            you.nth(held, 1).pauses();
        you.run([&] {
            const int on = 1;
            EXPECT_EQ(0, ::setsockopt(you.fd(1), SOL_SOCKET, SO_TIMESTAMP, &on, sizeof on));
            kata::enable_pktinfo(you.fd(0));
            kata::enable_pktinfo(you.fd(1));
            std::thread other{[&] {
                const kata::Datagram question = kata::recv_datagram(you.fd(1), 8);
                expects(kata::recv_datagram(you.fd(1), 8).truncated, "truncated is true for 12 bytes, where cap is 8",
                        "it is false");
                kata::reply_from(you.fd(1), {::inet_addr("127.0.0.3")}, question.from, question.data); // not ann's source
            }};
            const kata::Datagram question = kata::recv_datagram(you.fd(0), 64);
            expects(!question.truncated, "truncated is false for 8 bytes, where cap is 64", "it is true");
            answers(you.fd(0), question);
            other.join();
        });
        ann.sends("from ann");
        you.settles();
        bob.sends("from bob");
        bob.sends("hello, world");
        EXPECT_EQ("from bob", bob.receives().bytes) << "what bob receives";
        you.settles();
        you.resume();
        ann.expects("from ann");
        you.finishes();
    }
}

TEST(Robust, KnowsNoSocketByItsNumber)
{
    Learner you{{.rule = "enable_pktinfo() is for a socket, and not for the number that it has for a while.",
                 .why = "A closed descriptor's number is the next one's. What was remembered of it is about another socket.",
                 .read = "man 2 open, \"lowest-numbered file descriptor\"; man 7 ip, IP_PKTINFO",
                 .ask = "Q8, Q101"}};
    you.run([] {
        kata::UniqueFd first = kata::open_socket(AF_INET, SOCK_DGRAM);
        kata::enable_pktinfo(first.get());
        first.reset();
        serves();
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ann.sends("hello");
    ann.expects("hello");
    you.keeps_serving();
}

TEST(Robust, KeepsNothingOfASocketThatIsGone)
{
    Learner you{{.rule = "one call takes one datagram from its socket: the next one stays there, and is gone with it.",
                 .why =
                     "What was read ahead is kept under a number, which is the next socket's soon. There it is a question that "
                     "nobody asked, and its answer comes from another port.",
                 .read = "man 2 open, \"lowest-numbered file descriptor\"; man 2 recvmmsg",
                 .ask = "Q94, Q101"}};
    you.run([] {
        kata::UniqueFd first = every_address();
        wait_for_the_test(); // until two have come
        EXPECT_EQ("one", text(takes(first.get(), 64).data));
        first.reset();
        serves();
    });
    UdpPeer ann = you.udp("ann", "127.0.0.2");
    ASSERT_TRUE(you.paused());
    ann.sends("one");
    ann.sends("two");
    you.resume();
    you.settles(); // it serves
    UdpPeer bob = you.udp("bob", "127.0.0.2");
    bob.sends("hello");
    bob.expects("hello");
    ann.expects_silence();
    you.keeps_serving();
}

TEST(Robust, TakesAnyDescriptor)
{
    if (most_descriptors() < 2048)
        GTEST_SKIP() << "a process may have " << most_descriptors() << " descriptors here (ulimit -Hn)";
    Learner you{{.rule = "0 is a descriptor like any other, and so is 1100.",
                 .why = "A daemon that has closed its standard input gets 0 for a socket. An fd_set of select() ends at 1023.",
                 .read = "man 2 socket, RETURN VALUE; man 2 select, BUGS",
                 .ask = "Q8, Q92"},
                {.descriptors = 2048}};
    UdpPeer ann = you.udp_wire("ann"), bob = you.udp_wire("bob");
    you.may_change("IP_PKTINFO"); // that is what enable_pktinfo() is for
    you.may_change("IP_RECVORIGDSTADDR");
    you.run([&] {
        for (const auto& [from, number] : {std::pair{you.fd(0), 0}, {you.fd(1), 1100}}) {
            ::dup2(from, number);
            kata::enable_pktinfo(number);
            serves_one(number);
            ::close(number);
        }
    });
    ann.sends("hello");
    ann.expects("hello");
    bob.sends("hello");
    bob.expects("hello");
    you.finishes();
}
