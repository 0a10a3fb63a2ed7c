#include "endpoints.h"

#include "lab/script/at_allocation.h"

#include <cerrno>
#include <locale>
#include <thread>
#include <vector>

using namespace endpoints;

namespace {

struct InThousands : std::numpunct<char> {
    char do_thousands_sep() const override { return ','; }
    std::string do_grouping() const override { return "\3"; }
};

} // namespace

TEST(Robust, TakesEveryPortAndNoOther)
{
    Learner you{{.rule = "a port is a decimal number from 0 to 65535, and nothing else.",
                 .why = "atoi() and strtoul() skip spaces, take signs and stop at rubbish. What is too big is cut to 16 bits. "
                        "Base 0 takes a zero in front for octal.",
                 .read = "man 3 strtoul, DESCRIPTION; std::from_chars",
                 .ask = "Q3, Q7"}};
    you.run([] {
        for (const std::string ip : {"127.0.0.1", "::1"}) {
            errno = ERANGE; // left behind by somebody's strtol(): it says nothing about these numbers
            const std::string before = ip == "::1" ? "[::1]:" : "127.0.0.1:";
            for (const int port : {0, 1, 255, 256, 32768, 65535})
                reads(before + std::to_string(port), ip, port);
            reads(before + "0080", ip, 80);
            reads(before + "00000", ip, 0);
            reads(before + "000000000000080", ip, 80);
            for (const char* port : {"65536", "65616", "4294967376", "18446744073709551696", "99999999999999999999"})
                rejects(before + port);
            for (const char* port :
                 {"-1", "-65456", "+80", " 80", "80 ", "80\n", "80x", "0x50", "8e1", "8.0", "http", "-0", "+0", ""})
                rejects(before + port);
        }
        comes_back("127.0.0.1:0");
        comes_back("[::1]:65535");
    });
    you.finishes();
}

TEST(Robust, TakesFourDecimalNumbersAndNoLess)
{
    Learner you{
        {.rule = "an IPv4 address is four decimal numbers from 0 to 255.",
         .why = "inet_addr() and inet_aton() read \"1\" as 0.0.0.1, and \"010.0.0.1\" as octal. inet_pton() is strict; it says 0 "
                "for a bad text, not -1.",
         .read = "man 3 inet_pton, NOTES; man 3 inet, DESCRIPTION",
         .ask = "Q4"}};
    you.run([] {
        reads("255.255.255.255:80", "255.255.255.255", 80);
        reads("0.0.0.0:80", "0.0.0.0", 80);
        comes_back("255.255.255.255:65535");
        for (const char* ip :
             {"1", "127.1", "127.0.1", "010.0.0.1", "127.0.0.00", "0x7f.0.0.1", "256.1.1.1", "1.2.3.4.5", "127.0.0.1.", ".0.0.1",
              "127..0.1", " 127.0.0.1", "127.0.0.1 ", "127.0.0.1 x", "+1.2.3.4", "127.0.0.1%1", "localhost", "*"})
            rejects(std::string{ip} + ":80");
        for (const char* end : {"1", "x", " ", ".5"}) // nobody sees it in INET_ADDRSTRLEN bytes
            rejects("255.255.255.255" + std::string{end} + ":80");
    });
    you.finishes();
}

TEST(Robust, NeedsBothPartsAndTheBrackets)
{
    Learner you{{.rule = "an endpoint is an address and a port; an IPv6 address stands in brackets, and nothing else does.",
                 .why = "A half could only be filled up by a guess. And in \"::1:80\" nobody can tell a port from a last group.",
                 .read = "RFC 3986 section 3.2.2; RFC 5952 section 6",
                 .ask = "Q5, Q6"}};
    you.run([] {
        for (const char* text :
             {"", " ", ":", "::", "80", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:80:90", "[", "]", "[]", "[]:80"})
            rejects(text);
        for (const char* text : {"::1:80", "::1", "2001:db8::7:443", "[::1]", "[::1]:", "[::1", "[::1:80", "::1]:80", "[::1]80",
                                 "[::1]x:80", "x[::1]:80", "[[::1]]:80", "[::1]::80", "[127.0.0.1]:80", "[localhost]:80",
                                 "[::g]:80", "[ ::1]:80", "[1:2:3:4:5:6:7:8:9]:80"})
            rejects(text);
        rejects(std::string_view{});
    });
    you.finishes();
}

TEST(Robust, ReadsTheScopeOfAnIPv6Address)
{
    Learner you{{.rule = "an IPv6 address may end with a scope: % and the number of an interface, for sin6_scope_id.",
                 .why = "fe80::1 exists on every link: only the scope says which. inet_pton() knows no scopes, and getaddrinfo() "
                        "takes names of interfaces, too. The number is in host byte order, as the kernel counts its interfaces.",
                 .read = "man 7 ipv6, sin6_scope_id; RFC 4007 section 11",
                 .ask = "Q5, Q6"}};
    you.run([] {
        reads("[fe80::1%2]:80", "fe80::1%2", 80);
        reads("[fe80::1%02]:80", "fe80::1%2", 80);
        reads("[fe80::1%000000000000002]:80", "fe80::1%2", 80);
        reads("[2001:db8::7%4294967295]:80", "2001:db8::7%4294967295", 80);
        reads("[0000:0000:0000:0000:0000:ffff:192.168.100.228%4294967295]:65535", "::ffff:192.168.100.228%4294967295", 65535);
        reads("[fe80::1]:80", "fe80::1", 80); // nothing of the text before
        reads("[fe80::1%0]:80", "fe80::1", 80);
        for (const char* text : {"[fe80::1%1]:80", "[fe80::1%2]:80", "[::1%4294967295]:0"})
            comes_back(text);
        comes_back("[fe80::1%0]:80", "[fe80::1]:80");
        for (const char* scope :
             {"", "lo", "eth0", "-1", "-0", "+1", " 1", "1 ", "0x1", "1%1", "%1", "1.5", "4294967296", "18446744073709551617"})
            rejects("[fe80::1%" + std::string{scope} + "]:80");
        rejects("[%1]:80");
        rejects("[fe80::1]%1:80");
    });
    you.finishes();
}

TEST(Robust, HasOneLanguage)
{
    Learner you{{.rule = "an endpoint is written the same everywhere, whatever language the program speaks to its users.",
                 .why = "A stream writes numbers as std::locale::global() says: 8080 becomes 8,080, which nobody can read back. "
                        "std::to_string() and std::from_chars() know no locale.",
                 .read = "std::numpunct, do_grouping; std::to_chars",
                 .ask = "Q3, Q5"}};
    you.run([] {
        const kata::Endpoint endpoint = parse_endpoint("[fe80::1%12345]:8080");
        const std::locale before = std::locale::global(std::locale{std::locale::classic(), new InThousands});
        const std::string came = to_string(endpoint), read = outcome("192.0.2.7:8,080");
        std::locale::global(before);
        expects(came == "[fe80::1%12345]:8080", "to_string() says \"[fe80::1%12345]:8080\"", in_quotes(came));
        expects(read == "throws std::invalid_argument", "\"192.0.2.7:8,080\" throws std::invalid_argument", "it " + read);
    });
    you.finishes();
}

TEST(Robust, PrintsForTwoThreadsAtOnce)
{
    if (!memory_can_run_out)
        GTEST_SKIP() << "this sanitizer does not show where an allocation begins";
    Learner you{{.rule = "two threads may print at once: each gets the text of its own address.",
                 .why = "A static buffer is one for all of them. Here the first thread asks for the memory of its string, and "
                        "before it copies its text there the second one has printed another address.",
                 .read = "man 3 inet_ntoa, ATTRIBUTES; man 7 attributes, MT-Safe",
                 .ask = "Q5, Q76"}};
    Peer bob = you.wire("bob");
    you.run([&] {
        const kata::Endpoint one = parse_endpoint("[2001:db8:1111:1111:1111:1111:1111:1111]:80"),
                             two = parse_endpoint("[2001:db8:2222:2222:2222:2222:2222:2222]:80");
        std::string first, second;
        std::thread other{[&] {
            expects_to_hear(you.fd(), "now");
            second = to_string(two);
        }};
        {
            const AtAllocation meanwhile{[] { wait_for_the_test(); }};
            first = to_string(one);
        }
        other.join();
        expects(first == "[2001:db8:1111:1111:1111:1111:1111:1111]:80", "the address of the first thread", in_quotes(first));
        expects(second == "[2001:db8:2222:2222:2222:2222:2222:2222]:80", "the address of the second thread", in_quotes(second));
    });
    ASSERT_TRUE(you.paused());
    bob.sends("now");
    you.settles(); // that one has printed, or it waits for a lock
    you.resume();
    you.finishes();
}

TEST(Hostile, TheTextIsAsLongAsItSays)
{
    Learner you{{.rule = "a string_view has size() characters: what stands behind is not yours, and a zero byte ends nothing.",
                 .why = "inet_pton() and atoi() know nothing of size(): they read on, or stop short, until a zero byte comes.",
                 .read = "man 3 inet_pton, DESCRIPTION; man 3 atoi",
                 .ask = "Q4"}};
    you.run([] {
        const std::string_view line = "127.0.0.1:80809 [::1]:44351";
        reads(line.substr(0, 12), "127.0.0.1", 80);
        reads(line.substr(16, 9), "::1", 443);
        for (const std::string_view half : {line.substr(0, 9), line.substr(0, 10), line.substr(16, 6)}) // digits stand behind
            rejects(half);
        const std::vector<char> exact{line.begin(), line.begin() + 12}; // a sanitizer sees who looks behind it
        reads({exact.data(), exact.size()}, "127.0.0.1", 80);
        const std::vector<char> no_address{line.begin() + 9, line.begin() + 12}; // or who looks before it
        rejects({no_address.data(), no_address.size()});
        for (const std::string_view text : {"127.0.0.1\0:80"sv, "127.0.0.1\0.example.org:80"sv, "127.0.0.1:80\0"sv,
                                            "127.0.0.1:80\0x"sv, "[::1\0]:80"sv, "[::1\0:]:80"sv, "[fe80::1%2\0]:80"sv, "\0"sv})
            rejects(text);
    });
    you.finishes();
}

TEST(Hostile, ATextMayBeLong)
{
    Learner you{
        {.rule = "the length of a text is its writer's choice: too long is wrong, and nothing worse.",
         .why = "An array of fixed size overflows, or cuts off the end, and with it what is wrong; a recursive matcher runs out "
                "of stack. All of them need only one long line.",
         .read = "man 3 inet_ntop: INET6_ADDRSTRLEN",
         .ask = "Q5"}};
    you.run([] {
        for (const std::size_t n : {17u, 47u, 65u, 129u, 257u, 100'000u}) {
            rejects(std::string(n, '1') + ":80");
            rejects("127.0.0.1:" + std::string(n, '8'));
            rejects("[" + std::string(n, ':') + "]:80");
            rejects("[fe80::1%" + std::string(n, '8') + "]:80");
            rejects(std::string(n, 'x'));
            const std::string zeros(n, '0');
            for (const char* text : {"127.0.0.1:", "[::1]:", "[::1%"})
                rejects(text + zeros + "x");
        }
        for (const char* end : {"5", "5:1", "x", " ", "]", "%"}) // behind the longest address, where INET6_ADDRSTRLEN ends
            rejects("[0000:0000:0000:0000:0000:ffff:255.255.255.255" + std::string{end} + "]:80");
    });
    you.finishes();
}
