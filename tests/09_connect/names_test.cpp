// connect_to(): a name and its addresses.
#include "09_connect/connect.h"

#include "lab/lab.h"

#include <netdb.h>
#include <stdexcept>

using namespace lab;

TEST(Works, TriesAllAddressesOfAName)
{
    Learner you{{.rule = "a name stands for a list of addresses: try them all, and by TCP only.",
                 .why =
                     "getaddrinfo() gives a linked list. Without ai_socktype it holds each address once for each type of socket, "
                     "and a UDP socket \"connects\" to anything, for connect() then sends nothing.",
                 .read = "man 3 getaddrinfo, ai_socktype and ai_next",
                 .ask = "Q81, Q91"}};
    Host ann = you.host("ann");
    you.resolves("db.test", {private_loopback(), "127.0.0.1"}); // at the first one, nobody listens on ann's port
    you.run([&] { expects_to_hear(kata::connect_to("db.test", std::to_string(ann.port())).get(), "hello"); });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, LeavesNothingBehindWhenANameFails)
{
    Learner you{
        {.rule = "free the list of getaddrinfo() on every path, also when connect_any() throws.",
         .why = "An exception leaves your function past the call of freeaddrinfo(). An owner with a destructor does not care.",
         .read = "man 3 getaddrinfo, freeaddrinfo()",
         .ask = "Q81"}};
    Host shut = you.refusing_host("shut");
    you.run([&] { EXPECT_EQ("ECONNREFUSED", error_of([&] { kata::connect_to("127.0.0.1", std::to_string(shut.port())); })); });
    you.finishes();
}

TEST(Robust, TakesEitherFamilyAndPartsOfALongerText)
{
    if (!has_ipv6_loopback())
        GTEST_SKIP() << "no ::1 on this machine";
    Learner you{{.rule = "host and service end where the views end, and the host may be of any family.",
                 .why =
                     "getaddrinfo() reads until a zero byte, which a std::string_view does not promise. AF_UNSPEC asks for both "
                     "families.",
                 .read = "man 3 getaddrinfo, ai_family",
                 .ask = "Q81"}};
    Host ann = you.host("ann", "::1");
    const std::string text = "::1, port " + std::to_string(ann.port()) + "00";
    you.run([&] {
        const std::string_view view = text;
        expects_to_hear(kata::connect_to(view.substr(0, 3), view.substr(10, view.size() - 12)).get(), "hello");
    });
    ann.accepts().sends("hello");
    you.finishes();
}

TEST(Robust, SaysWhyANameHasNoAddress)
{
    Learner you{{.rule = "getaddrinfo() has error numbers of its own: report the words of gai_strerror().",
                 .why = "It returned the reason. errno holds what some earlier call left there, and -2 is no errno.",
                 .read = "man 3 getaddrinfo, RETURN VALUE; man 3 gai_strerror",
                 .ask = "Q81"}};
    you.cannot_resolve("nowhere.test", EAI_NONAME);
    you.cannot_resolve("broken.test", EAI_SYSTEM); // with errno EMFILE
    you.run([] {
        try {
            kata::connect_to("nowhere.test", "80");
            ADD_FAILURE() << "it threw nothing";
        } catch (const std::runtime_error& e) {
            if (std::string{e.what()}.find(::gai_strerror(EAI_NONAME)) == std::string::npos)
                ADD_FAILURE() << "what() is \"" << e.what() << "\", not \"" << ::gai_strerror(EAI_NONAME) << '"';
        }
        EXPECT_EQ("EMFILE", error_of([] { kata::connect_to("broken.test", "80"); }));
    });
    you.finishes();
}
